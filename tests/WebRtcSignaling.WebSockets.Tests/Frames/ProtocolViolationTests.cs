using System.Reflection;
using System.Text;
using WebRtcSignaling.WebSockets.Frames;

namespace WebRtcSignaling.WebSockets.Tests.Frames;

public sealed class ProtocolViolationTests
{
    private static IEnumerable<TestCaseData> All() => typeof(ProtocolViolation)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => new TestCaseData(field.GetValue(null)).SetArgDisplayNames(field.Name));

    [TestCaseSource(nameof(All))]
    public void Each_can_be_told_in_a_close_frame(object violation)
    {
        var (code, reason) = (((ProtocolViolation)violation).Code, ((ProtocolViolation)violation).Reason);

        Assert.Multiple(() =>
        {
            Assert.That(code.IsAllowedOnWire(), Is.True);
            Assert.That(code, Is.AnyOf(CloseCode.ProtocolError, CloseCode.InvalidPayload, CloseCode.PolicyViolation, CloseCode.MessageTooBig));
            Assert.That(Ascii.IsValid(reason) && reason.Length is > 0 and <= FrameWriter.MaxCloseReasonBytes, Is.True);
        });
    }
}
