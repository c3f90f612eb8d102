using System.Net;
using System.Security.Claims;
using System.Text.Json;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;
using WebRtcSignaling.WebSockets.Dialects;

namespace WebRtcSignaling.Compatibility.EventSockets;

/// <summary>An event vocabulary with one client on a raw WebSocket.</summary>
internal sealed class EventSocketConversation : IConversation, IEventPeer
{
    private readonly IDialectConnection _connection;
    private readonly IEventConversation _conversation;

    public EventSocketConversation(IDialectConnection connection, IEventDialect dialect)
    {
        _connection = connection;
        _conversation = dialect.Open(this);
    }

    public string Id { get; } = SessionId.Create().Value;

    public SignalingServer Server => _connection.Server;

    public string? Application => _connection.Request.Application;

    public ClaimsPrincipal? User => _connection.Request.User;

    public DateTimeOffset? AuthenticationExpiresAt => _connection.Request.AuthenticationExpiresAt;

    public IPAddress? RemoteAddress => _connection.Request.RemoteAddress;

    public CancellationToken Ended => _connection.Ended;

    public ValueTask StartAsync()
    {
        // A session begins when the vocabulary has it begin.
        _connection.Introduced();
        return ValueTask.CompletedTask;
    }

    public ValueTask ReceiveAsync(ReadOnlyMemory<byte> message) => DealWithAsync(message, tooEarly: null);

    public ValueTask RefuseAsync(ReadOnlyMemory<byte> message, SignalingError refusal) => DealWithAsync(message, refusal);

    public void End(SessionCloseReason reason) => _conversation.End(reason);

    public void Send(ReadOnlySpan<byte> eventArray) => _connection.Send(eventArray);

    public void Close(SessionClose close) => _connection.Close(close);

    private async ValueTask DealWithAsync(ReadOnlyMemory<byte> message, SignalingError? tooEarly)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(message);
        }
        catch (JsonException)
        {
            Refuse();
            return;
        }

        using (document)
        {
            long? id = IdOf(document.RootElement);
            if (!EventArray.TryRead(document.RootElement, nameAt: id is null ? 0 : 1, out string name, out EventArguments arguments)
                || name.Length == 0)
            {
                Refuse();
                return;
            }

            var acknowledgement = id is { } given ? new EventSocketAnswer(_connection, given) : null;
            var read = new EventMessage(name, arguments, acknowledgement);
            if (tooEarly is null)
            {
                await _conversation.ReceiveAsync(read).ConfigureAwait(false);
            }
            else
            {
                _conversation.Refuse(read, tooEarly);
            }

            // Whoever asks on this wire hears when it has been dealt with, also from a vocabulary that has no answer to it.
            acknowledgement?.Send("[]"u8);
        }
    }

    private static long? IdOf(JsonElement array) =>
        array.ValueKind == JsonValueKind.Array
        && array.GetArrayLength() > 1
        && array[0].ValueKind == JsonValueKind.Number
        && array[0].TryGetInt64(out long id)
            ? id
            : null;

    private void Refuse() => _connection.Send("[\"error\",\"invalid-message\"]"u8);
}
