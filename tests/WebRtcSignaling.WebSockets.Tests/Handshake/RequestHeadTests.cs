using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.WebSockets.Tests.Handshake;

public sealed class RequestHeadTests
{
    [TestCase("/signaling", "/signaling")]
    [TestCase("/signaling?a=b", "/signaling")]
    [TestCase("/?", "/")]
    [TestCase("/%73ignaling?/x", "/signaling")]
    [TestCase("/caf%C3%A9", "/caf\u00E9")]
    [TestCase("/a%2", "/a%2")]
    [TestCase("/a+b", "/a+b")]
    public void The_path_is_decoded(string target, string path) => Assert.That(Head(target).Path, Is.EqualTo(path));

    [TestCase("/", "")]
    [TestCase("/?", "")]
    [TestCase("/?other=1", "")]
    [TestCase("/?Application=tea", "")]
    [TestCase("/?xapplication=tea", "")]
    [TestCase("/?application=tea", "tea")]
    [TestCase("/?a=b&application=tea&c", "tea")]
    [TestCase("/?application=tea=time?", "tea=time?")]
    [TestCase("/?application=green+tea%2B%26", "green tea+&")]
    [TestCase("/?%61pplication=caf%C3%A9", "caf\u00E9")]
    [TestCase("/?application=%zz", "%zz")]
    [TestCase("/?application=a&application=b", "a b")]
    public void The_query_is_decoded(string target, string values) =>
        Assert.That(string.Join(' ', Head(target).QueryValues("application")), Is.EqualTo(values));

    [TestCase("/?application")]
    [TestCase("/?application=")]
    public void A_name_without_a_value_has_an_empty_one(string target) =>
        Assert.That(Head(target).QueryValues("application"), Is.EqualTo(new[] { "" }));

    [Test]
    public void Fields_are_found_by_their_name_in_any_case()
    {
        var head = new RequestHead("/", [new("HOST", "a"), new("x", "1"), new("X", "2"), new("xx", "3")]);

        Assert.Multiple(() =>
        {
            Assert.That(head.Host, Is.EqualTo("a"));
            Assert.That(head.Values("X"), Is.EqualTo(new[] { "1", "2" }));
            Assert.That(head.Values("Y"), Is.Empty);
        });
    }

    private static RequestHead Head(string target) => new(target, [new("Host", "example.org")]);
}
