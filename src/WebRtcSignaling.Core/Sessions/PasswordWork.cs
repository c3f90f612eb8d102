using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// Hashes and checks passwords of rooms for a session, which takes milliseconds: each is counted for the session's address, whatever comes of it, and waits for its turn among
/// those of the whole server.
/// </summary>
internal readonly struct PasswordWork(SignalingSession session, SignalingServices services)
{
    /// <summary>The hash of a password.</summary>
    /// <returns>Refusals: <c>rate-limited</c>, <c>session-closed</c>.</returns>
    public ValueTask<SignalingResult<RoomPassword>> HashAsync(string password) => RunAsync<RoomPassword>(() => RoomPassword.Hash(password));

    /// <summary>Whether a guess is right. Its tokens are taken when its turn has come: however many wait with the right password, they take no guess from one another.</summary>
    /// <returns>Refusals: <c>rate-limited</c>, <c>too-many-attempts</c>, <c>session-closed</c>.</returns>
    public ValueTask<SignalingResult<bool>> GuessAsync(PasswordGuesses guesses, Room room, RoomPassword password, string? said) =>
        RunAsync(() => guesses.Guess(room, password, said));

    private ValueTask<SignalingResult<T>> RunAsync<T>(Func<SignalingResult<T>> work)
        where T : notnull =>
        services.Admission.TakePasswordHash(session.RemoteAddress) is { } wait
            ? new(SignalingErrors.RateLimited(wait))
            : services.PasswordWork.RunAsync(work, session.Closed);
}
