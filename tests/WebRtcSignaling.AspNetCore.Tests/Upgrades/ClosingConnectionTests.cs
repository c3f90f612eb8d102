using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.AspNetCore.Tests.Upgrades;

[TestFixture]
public sealed class ClosingConnectionTests
{
    [TestCase("in its request")]
    [TestCase("handed over")]
    [TestCase("in its request, where others are handed over")]
    public async Task A_client_that_closes_without_ever_reading_does_not_keep_its_connection(string served)
    {
        var time = new ManualTimeProvider();
        await using TestApp app = TestApp.Create(listen: served == "in its request" ? null : static listen => listen.UseSignalingConnections(), configure: builder =>
        {
            if (served.EndsWith("others are handed over", StringComparison.Ordinal))
            {
                builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Limits.MaxConcurrentUpgradedConnections = 10);
            }

            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.AddSignaling();
            builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = address =>
            {
                var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(address);
                socket.SendBufferSize = 4_096;
                return socket;
            });
        });
        await app.StartAsync();
        using RawClient client = await RawClient.OpenAsync(app.Address, receiveBufferBytes: 4_096);

        // Their answers are more than the system takes, and less than Kestrel's buffer holds.
        byte[] pings = [.. Enumerable.Repeat(ClientFrames.Ping(new byte[125]), 400).SelectMany(ping => ping)];
        await client.SendAsync(pings);
        await client.SendAsync(ClientFrames.Close(1000));
        await app.Connections.WhenNone().WaitAsync(TestApp.Bound);

        time.Advance(TimeSpan.FromSeconds(5));

        // A connection that had sent everything would end without an error; one that were kept would not end at all.
        await Eventually.IsTrueAsync(() => client.Socket.Poll(0, SelectMode.SelectError), "The connection is reset.");
    }
}
