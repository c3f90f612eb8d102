using WebRtcSignaling.Applications;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>One client that has authenticated.</summary>
internal sealed class EasyRtcClient(
    IEventPeer peer, SignalingSession session, SignalingApplication application, EasyRtcOutput output, EasyRtcServices services)
{
    private volatile IReadOnlyDictionary<string, ReadOnlyMemory<byte>> _sessionFields = new Dictionary<string, ReadOnlyMemory<byte>>();
    private volatile string? _sessionId;

    public SignalingSession Session => session;

    public EasyRtcOutput Output => output;

    public EasyRtcServices Services => services;

    public SignalingServer Server => peer.Server;

    public SignalingApplication Application => application;

    public bool AllowsDirectSignals => Application.Options.AllowDirectSignals;

    public bool AllowsDirectMessages => Application.Options.AllowDirectMessages;

    public CancellationToken Ended => peer.Ended;

    /// <summary>The <c>easyrtcsid</c> that it authenticated with; <see langword="null"/> for none.</summary>
    public string? SessionId
    {
        get => _sessionId;
        set => _sessionId = value;
    }

    /// <summary>What the host app has said about the session of its <c>easyrtcsid</c>.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> SessionFields
    {
        get => _sessionFields;
        set => _sessionFields = value;
    }

    public byte[] Error(string code) => EasyRtcReply.Error(code, services.Time.GetUtcNow());

    /// <summary>Takes over what the client says of its settings and connections.</summary>
    /// <returns>Whether there was room for it.</returns>
    public bool TryReport(EasyRtcObject configuration) =>
        session.Reports.Set(EasyRtcUserConfiguration.Update(configuration, session.Reports.Fields)).IsSuccess;

    /// <summary>Whether a message or signal reaches the other one without a room.</summary>
    public bool IsDirectTo(SessionId other, bool isAllowed) =>
        isAllowed || (session.IsDirect && Application.FindSession(other) is { IsDirect: true });
}
