using System.Text;
using WebRtcSignaling.WebSockets.Native;

namespace WebRtcSignaling.WebSockets.Tests.Native;

public sealed class Utf8NamesTests
{
    [TestCase("")]
    [TestCase("room-join")]
    [TestCase("é")]
    [TestCase("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀")]
    public void A_name_that_comes_again_is_the_same_string(string name)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(name);
        string first = Utf8Names.Get(utf8);
        Assert.That(first, Is.EqualTo(name));
        Assert.That(Utf8Names.Get(utf8), Is.SameAs(first));
    }

    [Test]
    public void Names_of_every_length_and_number_come_back_as_they_are()
    {
        for (int i = 0; i < 20_000; i++)
        {
            string name = string.Concat(Enumerable.Repeat($"{i}é", 1 + (i % 12)));
            Assert.That(Utf8Names.Get(Encoding.UTF8.GetBytes(name)), Is.EqualTo(name));
        }
    }

    [Test]
    public void A_few_names_in_turn_keep_their_places_among_many_others()
    {
        byte[][] names = [.. Enumerable.Range(0, 8).Select(i => Encoding.UTF8.GetBytes($"name {i} {Guid.NewGuid()}"))];
        string[] first = [.. names.Select(name => Utf8Names.Get(name))];
        Assert.That(names.Zip(first, (name, known) => ReferenceEquals(Utf8Names.Get(name), known)), Is.All.True);
    }
}
