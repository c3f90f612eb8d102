using System.Text.Json;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Reads texts that may hold escapes.</summary>
internal static class NativeText
{
    /// <summary>
    /// The text of the string or the name that the reader stands on; <see langword="null"/> if an escape makes half a surrogate pair.
    /// </summary>
    public static string? Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The same of a JSON string by itself.</summary>
    public static string? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return Read(ref reader);
    }
}
