using WebRtcSignaling.Errors;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// What a client tells the host app about itself: its settings, how its connections are. No other client ever sees it. The remarks on
/// <see cref="SignalingSession"/> hold here, too.
/// </summary>
public sealed class SessionReports
{
    private readonly SignalingSession _session;
    private readonly SignalingServices _services;
    private volatile FieldMap _fields = FieldMap.Empty;

    internal SessionReports(SignalingSession session, SignalingServices services)
    {
        _session = session;
        _services = services;
    }

    /// <summary>What it has told last, by name; JSON values where they came over the wire.</summary>
    public FieldMap Fields => _fields;

    /// <summary>Tells something, up to <see cref="SessionOptions.MaxReportBytes"/> together.</summary>
    /// <param name="update">What to change.</param>
    /// <returns>Refusals: <c>session-closed</c>, <c>invalid-argument</c>, <c>limit-exceeded</c>; all stays as it was then.</returns>
    public SignalingResult Set(FieldUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        if (_session.IsClosed)
        {
            return _session.Gate.Count(SignalingErrors.SessionClosed);
        }

        while (true)
        {
            FieldMap before = _fields;
            SignalingResult<FieldMap> applied = before.Apply(update, _services.Options.Sessions.MaxReportBytes);
            if (!applied.TryGetValue(out FieldMap? fields))
            {
                return _session.Gate.Count(applied.Error!);
            }

            if (ReferenceEquals(Interlocked.CompareExchange(ref _fields, fields, before), before))
            {
                return SignalingResult.Success;
            }
        }
    }
}
