using System.Collections.Concurrent;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Names;

namespace WebRtcSignaling.Applications;

/// <summary>The applications of a server. Safe for concurrent use.</summary>
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
            _applications[name] = new Application(name, options.Applications.TryGetValue(name, out ApplicationOptions? own) ? own : new(), services);
        }
    }

    public IEnumerable<Application> All => _applications.Values;

    public Application? Find(string name) => _applications.GetValueOrDefault(name);

    /// <summary>Why there is no application of that name and none can come to be; <see langword="null"/> if <see cref="FindOrCreate"/> may have one.</summary>
    public SignalingError? Check(string name, bool mayCreate) =>
        Find(name) is not null || (mayCreate && NameRules.IsValid(name)) ? null : SignalingErrors.ApplicationNotExists;

    /// <summary>The application that a session asks for, which is created if need be. <see cref="Check"/> comes before.</summary>
    public SignalingResult<Application> FindOrCreate(string name)
    {
        if (Find(name) is { } application)
        {
            return application;
        }

        SignalingResult<Application> added = Add(name, new());

        // Another session may have been faster.
        return added.IsSuccess ? added : Find(name) is { } other ? other : added;
    }

    /// <summary>Adds an application, unless there is one of that name.</summary>
    public SignalingResult<Application> Add(string name, ApplicationOptions options)
    {
        if (!NameRules.IsValid(name))
        {
            return SignalingErrors.InvalidArgument("The name of an application has 1 to 64 characters and no control characters.");
        }

        lock (_createLock)
        {
            if (_applications.ContainsKey(name))
            {
                return SignalingErrors.InvalidArgument("There is an application of that name already.");
            }

            if (_applications.Count >= _services.Options.MaxApplications)
            {
                return SignalingErrors.LimitExceeded($"There are {_services.Options.MaxApplications} applications already.");
            }

            return _applications[name] = new Application(name, options, _services);
        }
    }
}
