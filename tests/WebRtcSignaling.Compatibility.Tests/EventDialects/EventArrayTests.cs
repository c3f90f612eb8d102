using System.Text.Json;
using WebRtcSignaling.Compatibility.EventDialects;

namespace WebRtcSignaling.Compatibility.Tests.EventDialects;

internal sealed class EventArrayTests
{
    [Test]
    public void Arguments_take_no_memory_beside_the_document_however_many_they_are()
    {
        const int count = 400_000;
        using var document = JsonDocument.Parse($"[7,\"name\",{string.Join(',', Enumerable.Repeat('1', count - 1))},\"last\"]");
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isEvent = EventArray.TryRead(document.RootElement, nameAt: 1, out string name, out EventArguments arguments);
        (string, int, string?, string?) read = (name, arguments.Count, arguments[0].GetRawText(), arguments.GetString(count - 1));
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That(isEvent, Is.True);
        Assert.That(read, Is.EqualTo(("name", count, "1", "last")));
        Assert.That(allocated, Is.LessThan(64 * 1024));
    }

    [Test]
    public void A_missing_argument_is_undefined_and_its_JSON_null([Values("[\"name\"]", "[\"name\",1]")] string json)
    {
        using var document = JsonDocument.Parse(json);
        EventArray.TryRead(document.RootElement, nameAt: 0, out _, out EventArguments arguments);
        Assert.That(arguments[1].ValueKind, Is.EqualTo(JsonValueKind.Undefined));
        Assert.That(arguments.GetString(1), Is.Null);
        Assert.That(arguments.GetRaw(1), Is.EqualTo("null"u8.ToArray()));
        Assert.That(default(EventArguments)[0].ValueKind, Is.EqualTo(JsonValueKind.Undefined));
    }

    [TestCase("{}", 0)]
    [TestCase("[]", 0)]
    [TestCase("[1]", 1)]
    [TestCase("[[]]", 0)]
    [TestCase("[null,1]", 0)]
    public void What_has_no_name_where_it_should_be_is_no_event(string json, int nameAt)
    {
        using var document = JsonDocument.Parse(json);
        Assert.That(EventArray.TryRead(document.RootElement, nameAt, out _, out EventArguments arguments), Is.False);
        Assert.That(arguments.Count, Is.Zero);
    }
}
