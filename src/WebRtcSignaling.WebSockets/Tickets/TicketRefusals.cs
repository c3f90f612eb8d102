using WebRtcSignaling.Errors;

namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>The refusals that are about tickets, each with its sentence in one place.</summary>
internal static class TicketRefusals
{
    /// <summary>The same whatever is wrong, so that nobody learns by trying.</summary>
    public static SignalingError Invalid { get; } =
        new(SignalingErrorCode.InvalidTicket, "There is no valid ticket. Get a new one and connect again.");

    /// <summary>The same of a session that goes on.</summary>
    public static SignalingError InvalidRefresh { get; } =
        new(SignalingErrorCode.InvalidTicket, "The ticket is not valid. Get a new one.");

    /// <summary>The session has begun with the connection.</summary>
    public static SignalingError TooLate { get; } =
        new(SignalingErrorCode.InvalidArgument, "Here a ticket comes with the handshake, as a sub-protocol.");

    public static SignalingError Stopping { get; } =
        new(SignalingErrorCode.ServerStopping, "The server is stopping; try again later.");

    public static SignalingError TooMany(TimeSpan wait) =>
        new(SignalingErrorCode.LimitExceeded, "There are too many unused tickets; use them, or wait until they expire.")
        {
            RetryAfter = wait,
        };
}
