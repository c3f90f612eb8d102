using System.Text;
using System.Text.Json;
using WebRtcSignaling.Compatibility.EventDialects;

namespace WebRtcSignaling.Compatibility.Tests.EventDialects;

internal sealed class EscapedTextTests
{
    private static readonly string[] _parts = ["a", "é", "\\n", "\\\\", "\\\"", "\\u0041", "\\ud800", "\\uDBFF", "\\udc00", "\\uDfff", "\\ue000", "\\uD7ff", "ud800", "😀"];

    [Test]
    public void A_text_is_well_formed_where_a_reader_can_read_it()
    {
        foreach (string text in from a in _parts from b in _parts from c in _parts select a + b + c)
        {
            Assert.That(EscapedText.IsWellFormed(Encoding.UTF8.GetBytes(text)), Is.EqualTo(IsReadable(text)), text);
        }
    }

    private static bool IsReadable(string text)
    {
        using var document = JsonDocument.Parse($"\"{text}\"");
        return EventArguments.GetString(document.RootElement) is not null;
    }
}
