using WebRtcSignaling.Errors;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// What a client tells the host app about itself, for instance its settings or the quality of its connections. No other client sees
/// it. The remarks on <see cref="SignalingSession"/> hold here, too.
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

    /// <summary>The values that it has told last, by name; JSON if they came from a client.</summary>
    public FieldMap Fields => _fields;

    /// <summary>Changes the values, up to <see cref="SessionOptions.MaxFields"/> names, and <see cref="SessionOptions.MaxReportBytes"/> in total.</summary>
    /// <param name="update">What to change.</param>
    /// <returns>Refusals: <c>session-closed</c>, <c>invalid-argument</c>, <c>limit-exceeded</c>; then nothing is changed.</returns>
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
            SignalingResult<FieldMap> applied = before.Apply(update, _services.Options.Sessions.ReportLimits);
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
