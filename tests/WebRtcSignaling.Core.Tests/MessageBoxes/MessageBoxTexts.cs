using System.Text;
using WebRtcSignaling.MessageBoxes;

namespace WebRtcSignaling.Core.Tests.MessageBoxes;

/// <summary>Message boxes as text.</summary>
internal static class MessageBoxTexts
{
    internal static MessageBoxId Id(string text) =>
        MessageBoxId.TryParse(text, out MessageBoxId id) ? id : throw new ArgumentException("Not an id.", nameof(text));

    internal static string[] TakeTexts(this MessageBoxRegistry boxes, MessageBoxId id) => boxes.TakeAll(id).Value.ToTexts();

    internal static string[] ToTexts(this IEnumerable<ReadOnlyMemory<byte>> messages) =>
        [.. messages.Select(static message => Encoding.UTF8.GetString(message.Span))];
}
