using System.Collections.Concurrent;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Names;

namespace WebRtcSignaling.Applications;

/// <summary>
/// The applications of a server. Those that sessions have created go with their last session and their last room, and those with nothing but empty rooms give way to
/// others, so that nobody uses up the places of all by coming and going. Safe for concurrent use.
/// </summary>
internal sealed class ApplicationRegistry
{
    private readonly SignalingServices _services;
    private readonly ConcurrentDictionary<string, Application> _applications = new(StringComparer.Ordinal);
    private readonly Lock _createLock = new();

    public ApplicationRegistry(SignalingServices services)
    {
        _services = services;
        SignalingOptions options = services.Options;
        foreach (string name in options.Applications.Keys.Append(options.DefaultApplication).Distinct())
        {
            _applications[name] = Create(name, options.Applications.TryGetValue(name, out ApplicationOptions? own) ? own : new(), isForEver: true);
        }
    }

    public IEnumerable<Application> All => _applications.Values;

    public Application? Find(string name) => _applications.GetValueOrDefault(name);

    /// <summary>Why there is no application of that name and none can come to be; <see langword="null"/> if <see cref="Enter"/> may have one.</summary>
    public SignalingError? Check(string name, bool mayCreate) =>
        Find(name) is not null || (mayCreate && NameRules.IsValid(name)) ? null : SignalingErrors.ApplicationNotExists;

    /// <summary>
    /// The application that a session asks for, which is created if need be and may be. <see cref="Check"/> comes before. It is held: <see cref="Application.Release"/>
    /// follows when the session is in it, or is not let in.
    /// </summary>
    public SignalingResult<Application> Enter(string name, bool mayCreate)
    {
        // Once more each time that it went just before it could be held.
        while (true)
        {
            if (Find(name) is { } existing && existing.TryHold())
            {
                return existing;
            }

            if (!mayCreate)
            {
                return SignalingErrors.ApplicationNotExists;
            }

            lock (_createLock)
            {
                if (Find(name) is not { IsOver: false })
                {
                    return Insert(name, new(), isForEver: false);
                }
            }
        }
    }

    /// <summary>Adds an application of the host's, unless there is one of that name.</summary>
    public SignalingResult<Application> Add(string name, ApplicationOptions options)
    {
        if (!NameRules.IsValid(name))
        {
            return SignalingErrors.InvalidArgument("The name of an application has 1 to 64 characters and no control characters.");
        }

        lock (_createLock)
        {
            if (Find(name) is { IsOver: false })
            {
                return SignalingErrors.InvalidArgument("There is an application of that name already.");
            }

            return Insert(name, options, isForEver: true);
        }
    }

    private SignalingResult<Application> Insert(string name, ApplicationOptions options, bool isForEver)
    {
        // Also in place of one that is about to go.
        if (!_applications.ContainsKey(name)
            && _applications.Count >= _services.Options.MaxApplications
            && !_applications.Any(static application => application.Value.TryEnd()))
        {
            return SignalingErrors.LimitExceeded($"There are {_services.Options.MaxApplications} applications already.");
        }

        return _applications[name] = Create(name, options, isForEver);
    }

    private Application Create(string name, ApplicationOptions options, bool isForEver) =>
        new(name, options, _services, new ApplicationLife(isForEver), Forget);

    private void Forget(Application application) => _applications.TryRemove(new(application.Name, application));
}
