using WebRtcSignaling.Errors;
using WebRtcSignaling.Limits;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// What a session may still guess at passwords of rooms: its own bucket, that of its account or address, so that nobody gets new guesses by connecting again, and the
/// room's. Safe for concurrent use.
/// </summary>
internal sealed class PasswordGuesses(SignalingSession session, SignalingServices services)
{
    private readonly Lock _lock = new();
    private GuessBucket _own = new(services.Options.Rooms.PasswordGuessesPerSession, services.Options.Rooms.PasswordGuessIntervalPerSession);

    /// <summary>Takes a token for a guess, which is then checked; a right one gives it back by <see cref="GiveBack"/>, and by entering the room.</summary>
    public SignalingResult Take(Room room)
    {
        lock (_lock)
        {
            (GuessBucket bucket, TimeSpan? wait) = _own.Take(services.Time.GetUtcNow());
            wait ??= services.Admission.TakeGuess(session.Identity, session.RemoteAddress);
            if (wait is { } retryAfter)
            {
                return SignalingErrors.TooManyAttempts(room.State.Id, retryAfter);
            }

            SignalingResult taken = room.BeginGuess();
            if (taken.IsSuccess)
            {
                _own = bucket;
            }
            else
            {
                services.Admission.GiveGuessBack(session.Identity, session.RemoteAddress);
            }

            return taken;
        }
    }

    public void GiveBack()
    {
        lock (_lock)
        {
            _own = _own.GiveBack();
            services.Admission.GiveGuessBack(session.Identity, session.RemoteAddress);
        }
    }
}
