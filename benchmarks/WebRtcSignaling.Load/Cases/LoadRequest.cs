using System.Buffers.Text;
using WebRtcSignaling.Load.Dialects;
using WebRtcSignaling.Load.Wire;

namespace WebRtcSignaling.Load.Cases;

/// <summary>
/// A request that is sent often. It is encoded once; where the server numbers its messages, each time it tells the last one that has come, as a good client's does
/// (docs/protocol.md, "Coming back").
/// </summary>
internal sealed class LoadRequest
{
    /// <summary>As wide as any number of a run. JSON lets blanks follow a shorter one, so the frame's length stays the same.</summary>
    private const int NumberWidth = 10;

    private readonly byte[] _frame;
    private readonly byte[]? _telling;
    private readonly int _numberAt;

    /// <param name="dialect">How it tells what has come.</param>
    /// <param name="message">A JSON object, if the dialect has an <see cref="ClientDialect.AcknowledgementMember"/>.</param>
    public LoadRequest(ClientDialect dialect, string message)
    {
        _frame = ClientFrame.EncodeText(message);
        if (dialect.AcknowledgementMember is { } member)
        {
            _numberAt = 1 + member.Length;
            _telling = ClientFrame.EncodeText($"{{{member}{new string(' ', NumberWidth)},{message[1..]}");
        }
    }

    /// <summary>The whole frame; valid until the next call.</summary>
    /// <param name="heard">The number of the last message that has come; 0 if they have none.</param>
    public ReadOnlySpan<byte> Frame(long heard)
    {
        if (heard == 0 || _telling is null)
        {
            return _frame;
        }

        Span<byte> number = stackalloc byte[NumberWidth];
        number.Fill((byte)' ');
        Utf8Formatter.TryFormat(heard, number, out _);
        ClientFrame.Overwrite(_telling, _numberAt, number);
        return _telling;
    }
}
