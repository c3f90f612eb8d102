using WebRtcSignaling.Applications;
using WebRtcSignaling.Authorization;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Names;

namespace WebRtcSignaling.Sessions;

/// <summary>
/// The groups of a session, and the requests about them. The remarks on <see cref="SignalingSession"/> hold here, too.
/// </summary>
public sealed class SessionGroups
{
    private readonly SignalingSession _session;
    private readonly SessionMemberships _memberships;
    private readonly Application _application;
    private readonly SignalingServices _services;

    // The session and the application's registry change in one step, so that they agree also when the host and the client act at once. Not the memberships' lock,
    // which stands behind the registry's.
    private readonly Lock _lock = new();

    internal SessionGroups(SignalingSession session, SessionMemberships memberships, Application application, SignalingServices services)
    {
        _session = session;
        _memberships = memberships;
        _application = application;
        _services = services;
    }

    /// <summary>The groups that the session is in, in no particular order.</summary>
    public IReadOnlyCollection<string> Joined => _memberships.Groups;

    /// <summary>Joins a group, if the application lets clients do so.</summary>
    /// <param name="group">Its name, 1 to 64 characters.</param>
    /// <param name="cancellationToken">Cancels waiting for the host app's decision.</param>
    /// <returns>Refusals: <c>not-permitted</c>, <c>invalid-argument</c>, <c>limit-exceeded</c>.</returns>
    public async ValueTask<SignalingResult> JoinAsync(string group, CancellationToken cancellationToken = default)
    {
        if (!_application.Options.AllowClientGroups)
        {
            return _session.Gate.Count(SignalingErrors.NotPermitted(default));
        }

        SignalingError? refusal = await _session.Gate
            .CheckAsync(SignalingOperation.JoinGroup, null, null, 0, cancellationToken, group).ConfigureAwait(false);
        return _session.Gate.Count(refusal ?? Add(group));
    }

    /// <summary>Leaves a group.</summary>
    /// <param name="group">Its name.</param>
    /// <returns>Refusals: <c>not-in-group</c>.</returns>
    public SignalingResult Leave(string group)
    {
        lock (_lock)
        {
            if (!_memberships.RemoveGroup(group))
            {
                return _session.Gate.Count(SignalingErrors.NotInGroup);
            }

            _application.Groups.Leave(group, _session);
            return SignalingResult.Success;
        }
    }

    /// <summary>Joins a group, whether or not clients may.</summary>
    internal SignalingResult Add(string group)
    {
        if (!NameRules.IsValid(group))
        {
            return SignalingErrors.InvalidArgument("A group's name has 1 to 64 characters and no control characters.");
        }

        lock (_lock)
        {
            SignalingResult added = _memberships.AddGroup(group, _services.Options.Sessions.MaxGroups);
            if (added.IsSuccess)
            {
                _application.Groups.Join(group, _session);
            }

            return added;
        }
    }

    /// <summary>The session has ended: nothing is added from now on.</summary>
    internal void LeaveAll()
    {
        foreach (string group in _memberships.Groups)
        {
            Leave(group);
        }
    }
}
