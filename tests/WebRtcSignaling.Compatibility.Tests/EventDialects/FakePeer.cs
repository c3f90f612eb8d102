using System.Net;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EventDialects;

/// <summary>A client without a wire: events go in as JSON arrays, and what it is sent is kept.</summary>
internal sealed class FakePeer : IEventPeer
{
    private readonly Queue<string> _sent = [];
    private readonly IEventConversation _conversation;

    public FakePeer(SignalingServer server, IEventDialect dialect, string? id = null)
    {
        Id = id ?? SessionId.Create().Value;
        Server = server;
        _conversation = dialect.Open(this);
    }

    public string Id { get; }

    public SignalingServer Server { get; }

    public string? Application { get; init; }

    public ClaimsPrincipal? User => null;

    public DateTimeOffset? AuthenticationExpiresAt => null;

    public IPAddress? RemoteAddress { get; init; }

    public CancellationToken Ended => CancellationToken.None;

    public SessionClose? Closed { get; private set; }

    /// <summary>Sends an event, and waits until it is dealt with.</summary>
    public Task EmitAsync(string eventArray) => ReceiveAsync(eventArray, null);

    /// <summary>Sends an event that wants an answer, and waits until it is dealt with.</summary>
    /// <returns>The answer; <see langword="null"/> if there was none.</returns>
    public async Task<string?> AskAsync(string eventArray)
    {
        var answer = new FakeAcknowledgement();
        await ReceiveAsync(eventArray, answer);
        return answer.Sent;
    }

    /// <summary>The connection is lost.</summary>
    public void Vanish() => _conversation.End(SessionCloseReason.ConnectionLost);

    /// <summary>What came since the last call, in order.</summary>
    public string[] Take()
    {
        string[] sent = [.. _sent];
        _sent.Clear();
        return sent;
    }

    public void Send(ReadOnlySpan<byte> eventArray) => _sent.Enqueue(Encoding.UTF8.GetString(eventArray));

    public void Close(SessionClose close) => Closed ??= close;

    private async Task ReceiveAsync(string eventArray, IEventAcknowledgement? acknowledgement)
    {
        using var document = JsonDocument.Parse(eventArray);
        Assert.That(EventArray.TryRead(document.RootElement, 0, out string name, out EventArguments arguments), Is.True);
        await _conversation.ReceiveAsync(new EventMessage(name, arguments, acknowledgement));
    }
}
