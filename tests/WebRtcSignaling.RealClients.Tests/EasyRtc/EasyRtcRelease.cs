namespace WebRtcSignaling.RealClients.Tests.EasyRtc;

/// <summary>A release of EasyRTC's client with one of Socket.IO's, by the names of their packages.</summary>
public sealed record EasyRtcRelease(string Client, string SocketIO)
{
    public static readonly EasyRtcRelease Newest = new("open-easyrtc-2.1.8", "socket.io-client-4.8.1");

    public static readonly EasyRtcRelease NewestWithSocketIO2 = new("open-easyrtc-2.1.8", "socket.io-client-2.5.0");

    public static readonly EasyRtcRelease Older = new("open-easyrtc-2.0.20", "socket.io-client-2.5.0");

    public static readonly EasyRtcRelease Oldest = new("easyrtc-1.1.0", "socket.io-client-1.4.5");

    /// <summary>The file that pages load as <c>/socket.io/socket.io.js</c>, in the package.</summary>
    public string SocketIOFile => SocketIO == Oldest.SocketIO ? "socket.io.js" : Path.Combine("dist", "socket.io.js");

    public override string ToString() => $"{Client} over {SocketIO}";
}
