using WebRtcSignaling.MessageBoxes;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.Core.Tests.MessageBoxes;

public sealed class MessageBoxOptionsTests
{
    [Test]
    public void The_defaults_are_valid_and_keep_messages_for_24_minutes()
    {
        Assert.That(new MessageBoxOptions().Validate("MessageBoxes"), Is.Empty);
        Assert.That(new MessageBoxOptions().IdleTimeout, Is.EqualTo(TimeSpan.FromMinutes(24)));
    }

    [Test]
    public void The_smallest_limits_are_valid() => Assert.That(Smallest().Validate("MessageBoxes"), Is.Empty);

    [Test]
    public void Every_setting_below_its_limit_is_named_with_its_path()
    {
        (string Name, Action<MessageBoxOptions> Break)[] faults =
        [
            ("MaxBoxes", static options => options.MaxBoxes = 0),
            ("MaxMessagesPerBox", static options => options.MaxMessagesPerBox = 0),
            ("MaxMessageBytes", static options => options.MaxMessageBytes = 0),
            ("MaxBoxBytes", static options => options.MaxBoxBytes = 0),
            ("MaxTotalBytes", static options => options.MaxTotalBytes = 0),
            ("MaxBoxesPerAddress", static options => options.MaxBoxesPerAddress = 0),
            ("MaxBytesPerAddress", static options => options.MaxBytesPerAddress = 0),
            ("IdleTimeout", static options => options.IdleTimeout = TimeSpan.FromMilliseconds(999)),
            ("IdleTimeout", static options => options.IdleTimeout = TimeSpan.FromDays(30) + TimeSpan.FromTicks(1)),
            ("MaxWaitsPerBox", static options => options.MaxWaitsPerBox = 0),
            ("MaxWait", static options => options.MaxWait = TimeSpan.FromTicks(-1)),
            ("MaxWait", static options => options.MaxWait = TimeSpan.FromDays(30) + TimeSpan.FromTicks(1)),
        ];

        Assert.Multiple(() =>
        {
            foreach ((string name, Action<MessageBoxOptions> breakIt) in faults)
            {
                MessageBoxOptions options = Smallest();
                breakIt(options);
                Assert.That(options.Validate("Signaling:MessageBoxes").Single(), Does.StartWith($"Signaling:MessageBoxes:{name} must "));
            }
        });
    }

    [Test]
    public void A_registry_refuses_settings_that_are_not_valid_by_name() =>
        Assert.That(
            () => new MessageBoxRegistry(new MessageBoxOptions { MaxBoxes = 0 }, new ManualTimeProvider()),
            Throws.ArgumentException.With.Message.Contains("MessageBoxes:MaxBoxes"));

    [Test]
    public void Settings_changed_later_have_no_effect()
    {
        var options = new MessageBoxOptions { MaxMessageBytes = 3 };
        using var boxes = new MessageBoxRegistry(options, new ManualTimeProvider());

        options.MaxMessageBytes = 2;

        Assert.That(boxes.Put(boxes.Create().Value, "abc").IsSuccess);
    }

    private static MessageBoxOptions Smallest() => new()
    {
        MaxBoxes = 1,
        MaxMessagesPerBox = 1,
        MaxMessageBytes = 1,
        MaxBoxBytes = 1,
        MaxTotalBytes = 1,
        MaxBoxesPerAddress = 1,
        MaxBytesPerAddress = 1,
        IdleTimeout = TimeSpan.FromSeconds(1),
        MaxWaitsPerBox = 1,
        MaxWait = TimeSpan.Zero,
    };
}
