using WebRtcSignaling.WebSockets.Listening;

namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>What the environment of the process says about its sockets. No socket is used meanwhile, so the other tests notice nothing.</summary>
[NonParallelizable]
public sealed class InlineSocketsTests
{
    private string? _before;

    [SetUp]
    public void Remember() => _before = Environment.GetEnvironmentVariable(InlineSockets.EnvironmentVariable);

    [TearDown]
    public void Restore() => Environment.SetEnvironmentVariable(InlineSockets.EnvironmentVariable, _before);

    [TestCase(null, true, "1")]
    [TestCase("", true, "1")]
    [TestCase("1", true, "1")]
    [TestCase("0", false, "0")]
    [TestCase("true", false, "true", Description = "the platform knows 1 only")]
    public void What_was_set_from_outside_counts(string? given, bool expected, string after)
    {
        Environment.SetEnvironmentVariable(InlineSockets.EnvironmentVariable, given);
        Assert.That(InlineSockets.Enable(), Is.EqualTo(expected));
        Assert.That(InlineSockets.Enable(), Is.EqualTo(expected));
        Assert.That(Environment.GetEnvironmentVariable(InlineSockets.EnvironmentVariable), Is.EqualTo(after));
    }
}
