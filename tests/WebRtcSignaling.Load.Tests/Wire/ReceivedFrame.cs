using System.Net.WebSockets;

namespace WebRtcSignaling.Load.Tests.Wire;

/// <summary>What a server of somebody else makes of a client's frame.</summary>
internal static class ReceivedFrame
{
    public static async Task<(WebSocketMessageType Type, byte[] Payload)> ReadAsync(byte[] frame)
    {
        using WebSocket server = WebSocket.CreateFromStream(new MemoryStream(frame), new() { IsServer = true });
        byte[] buffer = new byte[frame.Length];
        int received = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await server.ReceiveAsync(buffer.AsMemory(received), CancellationToken.None);
            received += part.Count;
        }
        while (!part.EndOfMessage);

        return (part.MessageType, buffer[..received]);
    }
}
