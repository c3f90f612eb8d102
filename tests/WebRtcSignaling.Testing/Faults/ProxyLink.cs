using System.Net.Sockets;

namespace WebRtcSignaling.Testing.Faults;

/// <summary>A link over TCP.</summary>
internal sealed class ProxyLink(Socket client, Socket server, LinkFaults faults, TimeProvider time)
    : FaultyLink(new SocketEnd(client), new SocketEnd(server), faults, time);
