using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore.Endpoints;
using WebRtcSignaling.Compatibility.EasyRtc;
using WebRtcSignaling.Compatibility.EventDialects;
using WebRtcSignaling.Compatibility.EventSockets;
using WebRtcSignaling.Compatibility.PeerServer;
using WebRtcSignaling.Compatibility.RoomSignalling;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.Compatibility;

/// <summary>Adds the dialects of other signaling servers to a listener.</summary>
public static class CompatibilityListenerExtensions
{
    /// <summary>
    /// Lets clients choose the dialects of other signaling servers by their sub-protocols, as <c>MapSignaling</c> does after
    /// <c>AddSignaling().AddCompatibility()</c>. Socket.IO itself runs over HTTP and needs ASP.NET Core. This package needs the shared framework of
    /// ASP.NET Core to be installed, although nothing of it runs here.
    /// </summary>
    /// <param name="options">The settings of the listener.</param>
    /// <param name="peerServer">Settings for clients of PHPPeerServer; <see langword="null"/> for the defaults.</param>
    /// <param name="easyRtc">Settings for clients of EasyRTC; <see langword="null"/> for the defaults.</param>
    /// <param name="easyRtcClients">Lets the host app find the clients of EasyRTC; <see langword="null"/> if it does not need that.</param>
    /// <param name="easyRtcMessages">
    /// Handles messages that EasyRTC clients send to the server itself; <see langword="null"/> to leave them unanswered.
    /// </param>
    /// <returns>The same settings.</returns>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it.</exception>
    /// <example>
    /// <code>
    /// var options = new SignalingListenerOptions { Endpoints = { new(new IPEndPoint(IPAddress.Any, 5080)) } }.AddCompatibility();
    /// await using var listener = new SignalingListener(server, options);
    /// </code>
    /// </example>
    public static SignalingListenerOptions AddCompatibility(
        this SignalingListenerOptions options,
        PeerServerOptions? peerServer = null,
        EasyRtcOptions? easyRtc = null,
        EasyRtcClients? easyRtcClients = null,
        IEasyRtcMessageHandler? easyRtcMessages = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        peerServer ??= new PeerServerOptions();
        if (string.Join(" ", peerServer.Validate(nameof(peerServer))) is { Length: > 0 } problems)
        {
            throw new ArgumentException(problems, nameof(peerServer));
        }

        easyRtc ??= new EasyRtcOptions();
        if (string.Join(" ", easyRtc.Validate(nameof(easyRtc))) is { Length: > 0 } wrong)
        {
            throw new ArgumentException(wrong, nameof(easyRtc));
        }

        // A listener serves one endpoint: no other one keeps an application for itself.
        var services = new EasyRtcServices(
            Options.Create(easyRtc), new ClientApplications(new ReservedApplications()), easyRtcClients ?? new EasyRtcClients(), easyRtcMessages);
        options.Dialects.Add(new EventSocketDialect<EasyRtcDialect>(new EasyRtcDialect(services)));
        options.Dialects.Add(new EventSocketDialect<RoomSignallingDialect>(new RoomSignallingDialect()));
        options.Dialects.Add(new EventSocketDialect<PeerServerDialect>(new PeerServerDialect(Options.Create(peerServer))));
        return options;
    }
}
