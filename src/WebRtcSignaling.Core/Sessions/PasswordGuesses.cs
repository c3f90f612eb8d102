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

    /// <summary>Checks a guess, if there is a token left for it. A right one gives it back, and the room's by entering. Takes milliseconds.</summary>
    /// <returns>Whether it is right; or <c>too-many-attempts</c>.</returns>
    public SignalingResult<bool> Guess(Room room, RoomPassword password, string? said)
    {
        SignalingResult taken = Take(room);
        if (!taken.IsSuccess)
        {
            return taken.Error;
        }

        bool isRight = password.Verify(said);
        if (isRight)
        {
            GiveBack();
        }

        return isRight;
    }

    private SignalingResult Take(Room room)
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

    private void GiveBack()
    {
        lock (_lock)
        {
            _own = _own.GiveBack();
            services.Admission.GiveGuessBack(session.Identity, session.RemoteAddress);
        }
    }
}
