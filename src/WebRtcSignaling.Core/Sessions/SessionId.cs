using System.Diagnostics.CodeAnalysis;
using WebRtcSignaling.Names;

namespace WebRtcSignaling.Sessions;

/// <summary>The id of one session within its application; clients know it as <c>clientId</c>.</summary>
/// <remarks>1 to 64 UTF-16 code units, no control characters, compared ordinally. The default value names nothing.</remarks>
public readonly record struct SessionId
{
    private SessionId(string value) => Value = value;

    /// <summary>The text, as it stands on the wire.</summary>
    public string Value { get; }

    /// <summary>A new one of 128 random bits in 22 characters of <c>[A-Za-z0-9_-]</c>.</summary>
    public static SessionId Create() => new(NameRules.CreateUnguessable());

    /// <summary>Parses a text from outside.</summary>
    /// <returns>Whether it has the form of an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out SessionId id)
    {
        id = NameRules.IsValid(text) ? new SessionId(text!) : default;
        return id.Value is not null;
    }

    /// <summary>Parses a text that is known to be well-formed.</summary>
    /// <exception cref="FormatException">It is not.</exception>
    public static SessionId Parse(string text) =>
        TryParse(text, out SessionId id) ? id : throw new FormatException("An id has 1 to 64 characters and no control characters.");

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
