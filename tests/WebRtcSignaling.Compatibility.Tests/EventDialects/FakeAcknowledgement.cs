using System.Text;
using WebRtcSignaling.Compatibility.EventDialects;

namespace WebRtcSignaling.Compatibility.Tests.EventDialects;

/// <summary>Keeps the answer that a client is given.</summary>
internal sealed class FakeAcknowledgement : IEventAcknowledgement
{
    public string? Sent { get; private set; }

    public void Send(ReadOnlySpan<byte> argumentArray)
    {
        Assert.That(Sent, Is.Null, "answered twice");
        Sent = Encoding.UTF8.GetString(argumentArray);
    }
}
