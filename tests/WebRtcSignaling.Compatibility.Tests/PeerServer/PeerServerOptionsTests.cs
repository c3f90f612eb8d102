using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WebRtcSignaling.Compatibility.PeerServer;

namespace WebRtcSignaling.Compatibility.Tests.PeerServer;

/// <summary>The settings come from the app's configuration and are checked at its start.</summary>
public sealed class PeerServerOptionsTests
{
    [Test]
    public void By_default_ten_are_in_a_room() => Assert.That(Read(null).RoomCapacity, Is.EqualTo(10));

    [Test]
    public void The_configuration_changes_it() => Assert.That(Read("40").RoomCapacity, Is.EqualTo(40));

    [TestCase("0")]
    [TestCase("-1")]
    public void A_wrong_setting_is_named(string value) =>
        Assert.That(() => Read(value), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Signaling:PeerServer:RoomCapacity"));

    private static PeerServerOptions Read(string? capacity)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Signaling:PeerServer:RoomCapacity", capacity)]);
        builder.Services.AddSignaling().AddCompatibility();
        using ServiceProvider app = builder.Services.BuildServiceProvider();
        return app.GetRequiredService<IOptions<PeerServerOptions>>().Value;
    }
}
