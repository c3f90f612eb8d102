using WebRtcSignaling.Compatibility.EngineIO.Sessions;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Sessions;

internal sealed class BrowserKeyTests
{
    [Test]
    public void Who_never_sends_the_secret_goes_on_without()
    {
        var key = new BrowserKey("secret");
        Assert.Multiple(() =>
        {
            Assert.That(key.Admits([]));
            Assert.That(key.Admits(["another"]));
            Assert.That(key.Admits([]));
        });
    }

    [Test]
    public void Once_the_secret_has_come_nothing_else_will_do()
    {
        var key = new BrowserKey("secret");
        Assert.That(key.Admits(["secret"]));
        Assert.Multiple(() =>
        {
            Assert.That(key.Admits([]), Is.False);
            Assert.That(key.Admits(["another"]), Is.False);
            Assert.That(key.Admits(["another", "secret"]));
        });
    }
}
