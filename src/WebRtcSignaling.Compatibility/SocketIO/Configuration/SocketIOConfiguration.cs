using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore;

namespace WebRtcSignaling.Compatibility.SocketIO.Configuration;

/// <summary>Reads the section <c>Signaling:SocketIO</c> of the app's configuration, if the app has one, and refuses wrong settings by these names.</summary>
internal sealed class SocketIOConfiguration(IConfiguration? configuration = null) : IConfigureOptions<SocketIOOptions>, IValidateOptions<SocketIOOptions>
{
    private const string SectionName = SignalingHostOptions.SectionName + ":SocketIO";

    public void Configure(SocketIOOptions options) => configuration?.GetSection(SectionName).Bind(options);

    public ValidateOptionsResult Validate(string? name, SocketIOOptions options)
    {
        string[] problems = [.. options.Validate(SectionName)];
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
