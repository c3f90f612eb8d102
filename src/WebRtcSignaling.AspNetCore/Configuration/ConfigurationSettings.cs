using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace WebRtcSignaling.AspNetCore.Configuration;

/// <summary>Reads the section <c>Signaling</c> of the app's configuration, if the app has a configuration.</summary>
internal sealed class ConfigurationSettings(IConfiguration? configuration = null) : IConfigureOptions<SignalingHostOptions>
{
    public void Configure(SignalingHostOptions options) => configuration?.GetSection(SignalingHostOptions.SectionName).Bind(options);
}
