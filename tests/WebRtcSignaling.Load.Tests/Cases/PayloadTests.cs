using System.Text.Json;
using WebRtcSignaling.Load.Cases;

namespace WebRtcSignaling.Load.Tests.Cases;

public sealed class PayloadTests
{
    [TestCase(64)]
    [TestCase(65)]
    [TestCase(300)]
    [TestCase(999)]
    [TestCase(1_000)]
    [TestCase(1_001)]
    [TestCase(6_000)]
    public void Data_has_the_asked_length_and_passes_through_a_parser_unchanged(int bytes)
    {
        string data = Payload.Make(bytes);
        using JsonDocument parsed = JsonDocument.Parse(data);
        using var written = new MemoryStream();
        using (var json = new Utf8JsonWriter(written))
        {
            parsed.RootElement.WriteTo(json);
        }

        Assert.Multiple(() =>
        {
            Assert.That(data, Has.Length.EqualTo(bytes));
            Assert.That(System.Text.Encoding.UTF8.GetString(written.ToArray()), Is.EqualTo(data));
        });
    }

    [Test]
    public void A_long_one_has_escapes_as_a_description_has() => Assert.That(Payload.Make(6_000), Does.Contain("""\r\n"""));

    [Test]
    public void Less_than_its_frame_cannot_be_made() => Assert.That(() => Payload.Make(63), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
