using WebRtcSignaling.Limits;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Testing;

/// <summary>Settings for tests that send more than anybody may by default, because something else is what they look at.</summary>
public static class Floods
{
    public static RateOptions Rates => new() { MessagesPerSecond = 100_000_000, MessageBurst = 1_000_000_000, BytesPerSecond = 10_000_000_000, ByteBurst = 10_000_000_000 };

    /// <summary>Lets sessions ask for as much as they like.</summary>
    public static SignalingOptions Allowing(SignalingOptions? options = null)
    {
        options ??= new SignalingOptions();
        Allow(options.Sessions);
        return options;
    }

    /// <summary>Lets sessions ask for as much as they like.</summary>
    public static void Allow(SessionOptions sessions)
    {
        sessions.Rates = Rates;
        sessions.JoinBurst = 1_000_000;
    }
}
