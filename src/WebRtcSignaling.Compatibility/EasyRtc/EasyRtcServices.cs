using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WebRtcSignaling.Compatibility.EventDialects;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>What all EasyRTC clients of an app share.</summary>
internal sealed class EasyRtcServices(
    IOptions<EasyRtcOptions> options,
    ClientApplications applications,
    EasyRtcClients clients,
    IEasyRtcMessageHandler? messageHandler = null,
    TimeProvider? time = null,
    ILoggerFactory? loggerFactory = null)
{
    public EasyRtcOptions Options { get; } = options.Value;

    public ClientApplications Applications => applications;

    public EasyRtcClients Clients => clients;

    public IEasyRtcMessageHandler? MessageHandler => messageHandler;

    public TimeProvider Time { get; } = time ?? TimeProvider.System;

    public ILogger Logger { get; } = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("WebRtcSignaling.Compatibility.EasyRtc");

    /// <summary>One for all clients, so that an event is encoded once.</summary>
    public EasyRtcEncoder Encoder { get; } = new();
}
