using System.Globalization;

namespace WebRtcSignaling.AspNetCore.Tests.Clients;

/// <summary>An HTTP response.</summary>
internal sealed record RawResponse(int Status, IReadOnlyDictionary<string, string> Fields, string Body = "")
{
    /// <summary>A field; <see langword="null"/> if it is not there.</summary>
    public string? this[string name] => Fields.GetValueOrDefault(name);

    public static RawResponse Parse(string head)
    {
        string[] lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            fields[line[..colon]] = line[(colon + 1)..].Trim();
        }

        return new(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), fields);
    }
}
