using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore;

namespace WebRtcSignaling.Compatibility.PeerServer;

/// <summary>Reads the section <c>Signaling:PeerServer</c> of the app's configuration, if the app has one, and refuses wrong settings by these names.</summary>
internal sealed class PeerServerConfiguration(IConfiguration? configuration = null) : IConfigureOptions<PeerServerOptions>, IValidateOptions<PeerServerOptions>
{
    private const string SectionName = SignalingHostOptions.SectionName + ":PeerServer";

    public void Configure(PeerServerOptions options) => configuration?.GetSection(SectionName).Bind(options);

    public ValidateOptionsResult Validate(string? name, PeerServerOptions options)
    {
        string[] problems = [.. options.Validate(SectionName)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
