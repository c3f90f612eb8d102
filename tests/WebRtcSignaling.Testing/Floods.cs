using WebRtcSignaling.Limits;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Testing;

/// <summary>Settings for tests that send more than anybody may by default, because something else is what they look at.</summary>
public static class Floods
{
    public static RateOptions Rates => new() { MessageBurst = 100_000_000, ByteBurst = int.MaxValue, MessagesPerSecond = 1_000_000, BytesPerSecond = int.MaxValue };

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
