using WebRtcSignaling.Compatibility.EngineIO;
using WebRtcSignaling.Compatibility.SocketIO;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Sessions;

internal static class TestSettings
{
    /// <summary>The defaults, which docs and tests name in seconds: 25 and 20, 10, 20, 5.</summary>
    public static EngineSettings Engine { get; } = new SocketIOOptions().ToEngineSettings();
}
