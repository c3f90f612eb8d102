using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>
/// EasyRTC with one client. Everything that the client sends wants an acknowledgement; what comes without one, and commands before it has authenticated, are
/// passed over in silence, as the original does.
/// </summary>
internal sealed class EasyRtcConversation : IEventConversation
{
    private readonly IEventPeer _peer;
    private readonly EasyRtcServices _services;
    private readonly EasyRtcOutput _output;
    private readonly EventSession _session;
    private readonly EasyRtcAuthentication _authentication;
    private EasyRtcClient? _client;
    private bool _isOver;

    public EasyRtcConversation(IEventPeer peer, EasyRtcServices services)
    {
        _peer = peer;
        _services = services;
        var id = SessionId.Parse(EasyRtcNames.CreateId());
        _output = new EasyRtcOutput(peer, id, services.Time, services.Options.MaxHeldBytes);
        _session = new EventSession(peer, new EasyRtcSink(peer, _output, services.Encoder));
        _authentication = new EasyRtcAuthentication(peer, id, _session, _output, services);
    }

    public ValueTask ReceiveAsync(EventMessage message)
    {
        if (_isOver)
        {
            return ValueTask.CompletedTask;
        }

        return message.Name switch
        {
            EasyRtcDialect.Authenticate => AuthenticateAsync(message),
            EasyRtcDialect.Command when _client is not null && message.Acknowledgement is not null =>
                CommandAsync(_client, message, message.Acknowledgement),
            EasyRtcDialect.Message when _client is not null && message.Acknowledgement is not null =>
                MessageAsync(_client, message, message.Acknowledgement),
            _ => ValueTask.CompletedTask,
        };
    }

    public void Refuse(EventMessage message, SignalingError refusal) => message.Acknowledgement?.Send(EasyRtcReply.Error(
        message.Name == EasyRtcDialect.Authenticate ? EasyRtcError.LoginGenFail : EasyRtcError.GenFail, _services.Time.GetUtcNow()));

    public void End(SessionCloseReason reason) => _session.End(reason);

    private async ValueTask AuthenticateAsync(EventMessage message)
    {
        if (message.Acknowledgement is not { } acknowledgement)
        {
            PutOut();
            return;
        }

        _output.Hold();
        (EasyRtcClient? client, EasyRtcToken? token, string? error) =
            await _authentication.AuthenticateAsync(_client, message.Arguments[0]).ConfigureAwait(false);
        if (client is null || token is null)
        {
            acknowledgement.Send(EasyRtcReply.Error(error ?? EasyRtcError.LoginGenFail, _services.Time.GetUtcNow()));
            PutOut();
            return;
        }

        _client = client;
        _output.Release(acknowledgement, EasyRtcReply.Token(token));
    }

    private async ValueTask CommandAsync(EasyRtcClient client, EventMessage message, IEventAcknowledgement acknowledgement)
    {
        EasyRtcObject? command = EasyRtcObject.Of(message.Arguments[0]);
        bool joins = command?.Text("msgType") == EasyRtcCommands.RoomJoin;
        if (joins)
        {
            _output.Hold();
        }

        byte[] reply = await EasyRtcCommands.HandleAsync(client, command).ConfigureAwait(false);
        if (joins)
        {
            _output.Release(acknowledgement, reply);
        }
        else
        {
            acknowledgement.Send(reply);
        }
    }

    private static async ValueTask MessageAsync(EasyRtcClient client, EventMessage message, IEventAcknowledgement acknowledgement)
    {
        if (await EasyRtcMessages.HandleAsync(client, EasyRtcObject.Of(message.Arguments[0])).ConfigureAwait(false) is { } reply)
        {
            acknowledgement.Send(reply);
        }
    }

    private void PutOut()
    {
        _isOver = true;
        _session.End(SessionCloseReason.Removed);
        _peer.Close(new SessionClose(SessionCloseReason.Removed));
    }
}
