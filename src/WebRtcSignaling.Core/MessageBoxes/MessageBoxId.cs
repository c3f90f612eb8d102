using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace WebRtcSignaling.MessageBoxes;

/// <summary>
/// Names a message box, and is the permission to put into it and to take from it: treat it as a secret. 1 to 128 characters of
/// <c>A-Z a-z 0-9 , -</c>, the characters of PHP's session ids; compared exactly. The default value names no box and is refused by
/// every request.
/// </summary>
public readonly record struct MessageBoxId
{
    /// <summary>The longest id that is accepted, in characters.</summary>
    public const int MaxLength = 128;

    /// <summary>32 hexadecimal digits are 128 random bits.</summary>
    private const int NewLength = 32;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789,-");

    private readonly string? _value;

    private MessageBoxId(string value) => _value = value;

    /// <summary>The id's text; empty for the default value.</summary>
    public string Value => _value ?? "";

    internal bool IsDefault => _value is null;

    /// <summary>Parses an id from outside. Never throws.</summary>
    /// <param name="text">The text.</param>
    /// <param name="id">The id; the default value if the text is none.</param>
    /// <returns>Whether the text has the form of an id. It says nothing about the content of the box.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out MessageBoxId id)
    {
        if (text is null || text.Length is 0 or > MaxLength || text.AsSpan().ContainsAnyExcept(Characters))
        {
            id = default;
            return false;
        }

        id = new MessageBoxId(text);
        return true;
    }

    /// <summary>The id's text.</summary>
    public override string ToString() => Value;

    /// <summary>A new id of 128 random bits from the system's cryptographic generator, in lower-case hexadecimal.</summary>
    internal static MessageBoxId NewId() => new(RandomNumberGenerator.GetHexString(NewLength, lowercase: true));
}
