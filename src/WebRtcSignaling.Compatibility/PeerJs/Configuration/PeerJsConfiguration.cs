using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore;

namespace WebRtcSignaling.Compatibility.PeerJs.Configuration;

/// <summary>Reads the section <c>Signaling:PeerJs</c> of the app's configuration, if the app has one, and refuses wrong settings by these names.</summary>
internal sealed class PeerJsConfiguration(IConfiguration? configuration = null) : IConfigureOptions<PeerJsOptions>, IValidateOptions<PeerJsOptions>
{
    private const string SectionName = SignalingHostOptions.SectionName + ":PeerJs";

    public void Configure(PeerJsOptions options) => configuration?.GetSection(SectionName).Bind(options);

    public ValidateOptionsResult Validate(string? name, PeerJsOptions options)
    {
        string[] problems = [.. options.Validate(SectionName)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
