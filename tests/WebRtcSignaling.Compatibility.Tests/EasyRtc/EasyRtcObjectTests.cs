using System.Runtime.ExceptionServices;
using System.Text.Json;
using WebRtcSignaling.Compatibility.EasyRtc;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

internal sealed class EasyRtcObjectTests
{
    [Test]
    public void Names_that_are_no_text_are_left_out_and_cost_no_exception_each()
    {
        int thread = Environment.CurrentManagedThreadId;
        int thrown = 0;
        void Count(object? sender, FirstChanceExceptionEventArgs args) => thrown += Environment.CurrentManagedThreadId == thread ? 1 : 0;
        using var document = JsonDocument.Parse("""{"a":1,"\ud800":2,"b\udc00\ud800":3,"\ud83d\ude00":4,"a":5}""");
        AppDomain.CurrentDomain.FirstChanceException += Count;
        EasyRtcObject? read = EasyRtcObject.Of(document.RootElement);
        AppDomain.CurrentDomain.FirstChanceException -= Count;
        Assert.That(read!.Members.Select(static member => $"{member.Key}={member.Value}"), Is.EqualTo(new[] { "a=5", "😀=4" }));
        Assert.That(thrown, Is.Zero);
    }
}
