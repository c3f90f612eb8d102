using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using WebRtcSignaling.MessageBoxes;

namespace WebRtcSignaling.AspNetCore.MessageBoxes;

/// <summary>
/// The parameters of a request, wherever they stand: <c>box</c>, <c>msg</c> and <c>wait</c>. As in PHP, an empty one is like a missing one, and others are
/// left unread.
/// </summary>
internal static class MessageBoxParameters
{
    private const string Box = "box";
    private const string Message = "msg";
    private const string Wait = "wait";

    /// <summary>Reads them.</summary>
    /// <param name="query">The query.</param>
    /// <param name="body">The body; <see langword="null"/> for none.</param>
    /// <param name="maxMessageBytes">How long a message may be.</param>
    /// <param name="request">What they ask for.</param>
    /// <param name="refusal">Why they ask for nothing.</param>
    public static bool TryRead(
        IQueryCollection query,
        MessageBoxBody? body,
        int maxMessageBytes,
        [NotNullWhen(true)] out MessageBoxRequest? request,
        [NotNullWhen(false)] out MessageBoxRefusal? refusal)
    {
        var values = query.ToDictionary(StringComparer.Ordinal);
        if (body is { IsForm: true })
        {
            Merge(values, QueryHelpers.ParseQuery(body.Text));
        }
        else if (body is { Text.Length: > 0 })
        {
            Merge(values, [KeyValuePair.Create(Message, new StringValues(body.Text))]);
        }

        request = null;
        refusal = FindFault(values, maxMessageBytes, out MessageBoxId? box, out TimeSpan wait);
        if (refusal is null)
        {
            request = new MessageBoxRequest(box, NotEmpty(values, Message), wait);
        }

        return refusal is null;
    }

    private static MessageBoxRefusal? FindFault(
        Dictionary<string, StringValues> values, int maxMessageBytes, out MessageBoxId? box, out TimeSpan wait)
    {
        box = null;
        wait = TimeSpan.Zero;
        if (values.Any(static value => IsOurs(value.Key) && value.Value.Count > 1))
        {
            return MessageBoxRefusal.BadRequest("Each of box, msg and wait is given at most once.");
        }

        // PHP's way to give a list. Not read as if nothing had been given: that would create a box.
        if (values.Keys.Any(static name => name.Contains('[', StringComparison.Ordinal) && IsOurs(name[..name.IndexOf('[', StringComparison.Ordinal)])))
        {
            return MessageBoxRefusal.BadRequest("None of box, msg and wait is a list.");
        }

        if (NotEmpty(values, Wait) is { } seconds && !TryReadWait(seconds, out wait))
        {
            return MessageBoxRefusal.BadRequest("A wait is a number of seconds, zero or more.");
        }

        if (NotEmpty(values, Box) is not { } name)
        {
            return null;
        }

        if (!MessageBoxId.TryParse(name, out MessageBoxId id))
        {
            return MessageBoxRefusal.BadRequest("A box is named by 1 to 128 characters of A-Z, a-z, 0-9, comma and hyphen.");
        }

        box = id;
        return NotEmpty(values, Message) is { } message && Encoding.UTF8.GetByteCount(message) > maxMessageBytes
            ? MessageBoxRefusal.TooLarge(maxMessageBytes)
            : null;
    }

    private static bool IsOurs(string name) => name is Box or Message or Wait;

    private static void Merge(Dictionary<string, StringValues> values, IEnumerable<KeyValuePair<string, StringValues>> more)
    {
        foreach ((string name, StringValues value) in more)
        {
            values[name] = StringValues.Concat(values.GetValueOrDefault(name), value);
        }
    }

    private static string? NotEmpty(Dictionary<string, StringValues> values, string name) =>
        values.GetValueOrDefault(name) is [{ Length: > 0 } value] ? value : null;

    /// <summary>Reads a number of seconds; one that is longer than any box allows to wait is cut.</summary>
    private static bool TryReadWait(string text, out TimeSpan wait)
    {
        bool isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds);
        wait = isNumber ? TimeSpan.FromSeconds((double)Math.Min(seconds, 3_000_000)) : TimeSpan.Zero;
        return isNumber;
    }
}
