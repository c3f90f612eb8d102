using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>Reads the section <c>Signaling:EasyRtc</c> of the app's configuration, if the app has one, and refuses wrong settings by these names.</summary>
internal sealed class EasyRtcConfiguration(IConfiguration? configuration = null) : IConfigureOptions<EasyRtcOptions>, IValidateOptions<EasyRtcOptions>
{
    private const string SectionName = SignalingHostOptions.SectionName + ":EasyRtc";

    public void Configure(EasyRtcOptions options) => configuration?.GetSection(SectionName).Bind(options);

    public ValidateOptionsResult Validate(string? name, EasyRtcOptions options)
    {
        string[] problems = [.. options.Validate(SectionName)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
