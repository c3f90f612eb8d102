using System.Globalization;
using System.Net.Sockets;
using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Soak;

/// <summary>What broken and hostile clients do.</summary>
internal static class HostileVisits
{
    private const int Resets = 20;

    /// <summary>Clients that are gone at a random byte of their handshake, or of what they say then.</summary>
    public static async Task ResetAsync(VisitContext visit)
    {
        byte[] all = [.. Handshake(visit), .. Join(visit.CommonRoom()), .. ClientFrame.EncodeText("""{"type":"room-create"}"""), .. ClientFrame.EncodeText("no JSON"), 0xFF, 0xFF];
        for (int reset = 0; reset < Resets; reset++)
        {
            Socket socket = await ConnectAsync(visit).ConfigureAwait(false);
            try
            {
                await socket.SendAsync(all.AsMemory(0, visit.Random.Next(all.Length + 1)), visit.Patience).ConfigureAwait(false);
                await visit.PauseAsync(20).ConfigureAwait(false);
            }
            finally
            {
                socket.Close(timeout: 0);
            }
        }
    }

    /// <summary>A member of a busy room that never reads.</summary>
    public static async Task NeverReadAsync(VisitContext visit)
    {
        Socket socket = await ConnectAsync(visit).ConfigureAwait(false);
        try
        {
            await socket.SendAsync((byte[])[.. Handshake(visit), .. Join(visit.CommonRoom())], visit.Patience).ConfigureAwait(false);
            await visit.PauseAsync(5_000).ConfigureAwait(false);
        }
        finally
        {
            socket.Close(timeout: 0);
        }
    }

    private static async Task<Socket> ConnectAsync(VisitContext visit)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4_096 };
        await socket.ConnectAsync(visit.Server, visit.Patience).ConfigureAwait(false);
        return socket;
    }

    private static byte[] Handshake(VisitContext visit) => Upgrade.Request("/signaling", visit.Server.Port);

    private static byte[] Join(string room) => ClientFrame.EncodeText(string.Create(CultureInfo.InvariantCulture, $$"""{"type":"room-join","room":"{{room}}","create":true,"ownerLeaves":"hand-over"}"""));
}
