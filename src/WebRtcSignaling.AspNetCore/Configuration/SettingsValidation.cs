using Microsoft.Extensions.Options;

namespace WebRtcSignaling.AspNetCore.Configuration;

/// <summary>Refuses wrong settings by the names that they have in the configuration.</summary>
internal sealed class SettingsValidation : IValidateOptions<SignalingHostOptions>
{
    public ValidateOptionsResult Validate(string? name, SignalingHostOptions options)
    {
        string[] problems = [.. options.Validate().Select(static problem => $"{SignalingHostOptions.SectionName}:{problem}")];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
