using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WebRtcSignaling.Compatibility.EasyRtc;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

internal sealed class EasyRtcOptionsTests
{
    private static readonly TestCaseData[] Wrong =
    [
        Case("DefaultRoom", static options => options.DefaultRoom = "a b"),
        Case("DefaultRoom", static options => options.DefaultRoom = null!),
        Case("MaxRoomMembers", static options => options.MaxRoomMembers = 0),
        Case("EmptyRoomTimeout", static options => options.EmptyRoomTimeout = TimeSpan.FromSeconds(-1)),
        Case("MaxApiFieldLength", static options => options.MaxApiFieldLength = 0),
        Case("MaxHeldBytes", static options => options.MaxHeldBytes = 1_023),
    ];

    [Test]
    public void The_defaults_are_right() => Assert.That(new EasyRtcOptions().Validate("x"), Is.Empty);

    [TestCaseSource(nameof(Wrong))]
    public void A_wrong_setting_is_refused_and_named(string name, Action<EasyRtcOptions> configure)
    {
        using ServiceProvider app = Build([], configure);
        OptionsValidationException? refusal = Assert.Throws<OptionsValidationException>(() => _ = app.GetRequiredService<IOptions<EasyRtcOptions>>().Value);
        Assert.That(refusal!.Message, Does.StartWith($"Signaling:EasyRtc:{name} must "));
    }

    [Test]
    public void Every_setting_comes_from_the_configuration()
    {
        using ServiceProvider app = Build(new()
        {
            ["Signaling:EasyRtc:AutoCreateApplications"] = "false",
            ["Signaling:EasyRtc:AutoCreateRooms"] = "false",
            ["Signaling:EasyRtc:DefaultRoom"] = "lobby",
            ["Signaling:EasyRtc:MaxRoomMembers"] = "7",
            ["Signaling:EasyRtc:EmptyRoomTimeout"] = "00:00:30",
            ["Signaling:EasyRtc:DirectContact"] = "false",
            ["Signaling:EasyRtc:MaxApiFieldLength"] = "99",
            ["Signaling:EasyRtc:MaxHeldBytes"] = "2048",
        });
        EasyRtcOptions options = app.GetRequiredService<IOptions<EasyRtcOptions>>().Value;
        Assert.That(
            (options.AutoCreateApplications, options.AutoCreateRooms, options.DefaultRoom, options.MaxRoomMembers, options.EmptyRoomTimeout,
                options.DirectContact, options.MaxApiFieldLength, options.MaxHeldBytes),
            Is.EqualTo((false, false, "lobby", 7, TimeSpan.FromSeconds(30), false, 99, 2048)));
    }

    private static ServiceProvider Build(Dictionary<string, string?> settings, Action<EasyRtcOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddSignaling().AddCompatibility();
        services.Configure<EasyRtcOptions>(options => configure?.Invoke(options));
        return services.BuildServiceProvider();
    }

    private static TestCaseData Case(string name, Action<EasyRtcOptions> configure) => new TestCaseData(name, configure).SetArgDisplayNames(name);
}
