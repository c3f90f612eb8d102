using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore;

namespace WebRtcSignaling.Compatibility.Configuration;

/// <summary>Reads settings from a section of the app's configuration, if the app has one, and refuses wrong ones by the names that they have there.</summary>
/// <param name="name">The section's name below <c>Signaling</c>.</param>
/// <param name="bind">Sets what the section says; named for each type of settings, so that it needs no reflection.</param>
/// <param name="validate">What is wrong with the settings, given the path to put before a setting's name.</param>
/// <param name="configuration">The app's configuration.</param>
internal sealed class SettingsSection<TOptions>(
    string name, Action<IConfigurationSection, TOptions> bind, Func<TOptions, string, IEnumerable<string>> validate, IConfiguration? configuration)
    : IConfigureOptions<TOptions>, IValidateOptions<TOptions>
    where TOptions : class
{
    private readonly string _path = $"{SignalingHostOptions.SectionName}:{name}";

    public void Configure(TOptions options)
    {
        if (configuration is not null)
        {
            bind(configuration.GetSection(_path), options);
        }
    }

    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        string[] problems = [.. validate(options, _path)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
