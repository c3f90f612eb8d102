namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>A member of a request.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it may hold.</param>
/// <param name="Good">JSON that it may hold; <c>$ben</c> stands for the id of a member of room <c>r</c>.</param>
public sealed record RequestMember(string Name, MemberKind Kind, string Good)
{
    /// <summary>Whether the request is refused without it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether it stands in the request when it is shown in its plain form.</summary>
    public bool IsShown { get; init; }

    /// <summary>JSON of the wrong type for it.</summary>
    public IEnumerable<string> WrongTypes() => Kind switch
    {
        MemberKind.Json => [],
        MemberKind.Boolean => ["7", "\"true\"", "{}", "[]", "[true]"],
        MemberKind.Integer => ["\"7\"", "true", "{}", "[]", "1.5", "1e3", "1.0"],
        MemberKind.Duration => ["\"7\"", "true", "{}", "[]", "1.5", "1e3", "1.0"],
        MemberKind.Fields => ["7", "\"x\"", "true", "[]", "[{}]"],
        _ => ["7", "true", "false", "{}", "[]", "[\"x\"]", "1e400"],
    };

    /// <summary>JSON of the right type that is too much of it.</summary>
    public IEnumerable<string> Huge() => Kind switch
    {
        MemberKind.Name or MemberKind.Text or MemberKind.Word => [Text(10_000), Text(60_000)],
        MemberKind.Integer => ["9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e400", new('9', 10_000), "2147483648", "0"],
        MemberKind.Duration => ["9223372036854775807", "9223372036854775808", "-1", "1e400", new('9', 10_000), "1000000000001"],
        MemberKind.Fields => [$"{{\"f\":{Text(10_000)}}}", $"{{{Text(33)}:1}}", "{\"\":1}", "{\"a\\u0007b\":1}"],
        _ => [],
    };

    public override string ToString() => Name;

    private static string Text(int length) => $"\"{new string('x', length)}\"";
}
