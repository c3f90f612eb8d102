using System.Globalization;
using System.Text;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.Compatibility.EventSockets;

/// <summary>Answers one request of a client.</summary>
internal sealed class EventSocketAnswer(IDialectConnection connection, long id) : IEventAcknowledgement
{
    private bool _isSent;

    public void Send(ReadOnlySpan<byte> argumentArray)
    {
        if (Interlocked.Exchange(ref _isSent, true))
        {
            return;
        }

        // The arguments without their opening bracket, which may have blanks before it and behind it.
        ReadOnlySpan<byte> results = argumentArray[(argumentArray.IndexOf((byte)'[') + 1)..].TrimStart(" \t\r\n"u8);
        string head = string.Create(CultureInfo.InvariantCulture, $"[{id}{(results[0] == (byte)']' ? "" : ",")}");
        connection.Outbox.Send(Encoding.ASCII.GetBytes(head), results);
    }
}
