using Microsoft.Extensions.Options;
using WebRtcSignaling.Compatibility.EventSockets;
using WebRtcSignaling.Compatibility.PeerServer;
using WebRtcSignaling.Compatibility.RoomSignalling;
using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.Compatibility;

/// <summary>Adds to a listener what clients of other servers speak.</summary>
public static class CompatibilityListenerExtensions
{
    /// <summary>
    /// Lets clients choose the vocabularies of other signaling servers by their sub-protocols, as <c>MapSignaling</c> does after
    /// <c>AddSignaling().AddCompatibility()</c>. Socket.IO is an HTTP wire and needs ASP.NET Core. This package needs the shared framework of ASP.NET Core
    /// to be there, though nothing of it runs here.
    /// </summary>
    /// <param name="options">The settings of the listener.</param>
    /// <param name="peerServer">Settings for clients of PHPPeerServer; <see langword="null"/> for the defaults.</param>
    /// <returns>The same settings.</returns>
    /// <exception cref="ArgumentException">A setting is wrong; the message names it.</exception>
    /// <example>
    /// <code>
    /// var options = new SignalingListenerOptions { Endpoints = { new(new IPEndPoint(IPAddress.Any, 5080)) } }.AddCompatibility();
    /// await using var listener = new SignalingListener(server, options);
    /// </code>
    /// </example>
    public static SignalingListenerOptions AddCompatibility(this SignalingListenerOptions options, PeerServerOptions? peerServer = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        peerServer ??= new PeerServerOptions();
        if (string.Join(" ", peerServer.Validate(nameof(peerServer))) is { Length: > 0 } problems)
        {
            throw new ArgumentException(problems, nameof(peerServer));
        }

        options.Dialects.Add(new EventSocketDialect<RoomSignallingDialect>(new RoomSignallingDialect()));
        options.Dialects.Add(new EventSocketDialect<PeerServerDialect>(new PeerServerDialect(Options.Create(peerServer))));
        return options;
    }
}
