using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>
/// A JSON writer and its memory, one a thread, so that writing a message allocates nothing. A use must end before the next one begins on
/// that thread.
/// </summary>
#pragma warning disable CA1001 // The writer holds nothing but memory, and lives as long as its thread.
internal sealed class JsonScratch
#pragma warning restore CA1001
{
    /// <summary>Memory beyond this is not kept for the next message.</summary>
    private const int MaxKept = 64 * 1024;

    // Messages are JSON over a WebSocket, never inside HTML: only what JSON itself forbids is escaped.
    private static readonly JsonWriterOptions _options =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static JsonScratch? t_current;

    private readonly ArrayBufferWriter<byte> _bytes = new(1_024);
    private readonly Utf8JsonWriter _writer;

    private JsonScratch() => _writer = new(_bytes, _options);

    /// <summary>The writer that <see cref="Begin"/> made ready.</summary>
    public Utf8JsonWriter Writer => _writer;

    /// <summary>Begins a message, an object of this type.</summary>
    public static JsonScratch Begin(JsonEncodedText type)
    {
        JsonScratch scratch = t_current ??= new();
        scratch._bytes.ResetWrittenCount();
        scratch._writer.Reset();
        scratch._writer.WriteStartObject();
        scratch._writer.WriteString(NativeNames.Type, type);
        return scratch;
    }

    /// <summary>Ends the message; valid until the next one begins on this thread.</summary>
    public ReadOnlySpan<byte> End()
    {
        _writer.WriteEndObject();
        _writer.Flush();
        if (_bytes.Capacity > MaxKept)
        {
            t_current = null;
        }

        return _bytes.WrittenSpan;
    }
}
