using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Json;
using WebRtcSignaling.Calls;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>
/// One request: which members it has and where they lie in the message. Reading it looks at the outermost object only and copies nothing;
/// what a member holds is checked when it is asked for. The first problem is kept in <see cref="Problem"/>; what is asked for afterwards
/// does not matter.
/// </summary>
internal ref struct NativeRequest
{
    /// <summary>How deep JSON may be nested; 64 like the serializer's default.</summary>
    public const int MaxDepth = 64;

    private const int MaxIdCharacters = 64;

    private readonly ReadOnlyMemory<byte> _message;
    private Slots _slots;

    /// <summary>Reads a message. If it is not understood, <see cref="Problem"/> says why.</summary>
    /// <remarks>A constructor, as it is half a kilobyte that a method which returns it would fill and then copy.</remarks>
    public NativeRequest(ReadOnlyMemory<byte> message)
    {
        _message = message;
        try
        {
            ReadMembers();
        }
        catch (JsonException)
        {
            Fail(SignalingErrorCode.InvalidMessage, "This is not JSON, or nested too deep.");
        }
    }

    /// <summary>The <c>type</c>; empty if there is none.</summary>
    public string Type { get; private set; } = "";

    public RequestId Id { get; private set; }

    /// <summary>Why this request is refused; <see langword="null"/> while nothing is wrong.</summary>
    public SignalingError? Problem { get; private set; }

    public readonly bool Has(NativeMember member) => _slots[(int)member].Length > 0;

    /// <summary>Whether the member is there and is not <c>null</c>.</summary>
    public readonly bool HasValue(NativeMember member) => Has(member) && _slots[(int)member].Token != JsonTokenType.Null;

    /// <summary>The member's JSON, byte for byte; empty if it is not there.</summary>
    public readonly ReadOnlyMemory<byte> GetRaw(NativeMember member)
    {
        Slot slot = _slots[(int)member];
        return _message.Slice(slot.Start, slot.Length);
    }

    public string? GetString(NativeMember member)
    {
        if (!HasValue(member))
        {
            return null;
        }

        if (_slots[(int)member].Token != JsonTokenType.String)
        {
            FailType(member, "a string");
            return null;
        }

        ReadOnlySpan<byte> raw = GetRaw(member).Span;
        ReadOnlySpan<byte> content = raw[1..^1];
        return content.Contains((byte)'\\') ? Unescape(member, raw) : Utf8Names.Get(content);
    }

    public bool? GetBoolean(NativeMember member)
    {
        if (HasValue(member) && _slots[(int)member].Token is not (JsonTokenType.True or JsonTokenType.False))
        {
            FailType(member, "true or false");
        }

        return HasValue(member) ? _slots[(int)member].Token == JsonTokenType.True : null;
    }

    public long? GetInteger(NativeMember member)
    {
        if (!HasValue(member))
        {
            return null;
        }

        ReadOnlySpan<byte> raw = GetRaw(member).Span;
        if (_slots[(int)member].Token != JsonTokenType.Number || !Utf8Parser.TryParse(raw, out long value, out int read) || read != raw.Length)
        {
            FailType(member, "an integer");
            return null;
        }

        return value;
    }

    /// <summary>A duration in milliseconds.</summary>
    public TimeSpan? GetDuration(NativeMember member)
    {
        if (GetInteger(member) is not { } milliseconds)
        {
            return null;
        }

        if (milliseconds is < 0 or > 1_000_000_000_000)
        {
            FailType(member, "a duration in milliseconds");
            return null;
        }

        return TimeSpan.FromMilliseconds(milliseconds);
    }

    /// <summary>The member's word in a list of words; <see langword="null"/> if it is not there.</summary>
    public T? GetWord<T>(NativeMember member, Words<T> words)
        where T : struct
    {
        if (GetString(member) is not { } text)
        {
            return null;
        }

        if (!words.TryParse(text, out T value))
        {
            FailType(member, $"one of {words}");
        }

        return value;
    }

    public RoomId GetRoom() => GetOptionalRoom() is { } room ? room : FailMissing<RoomId>(NativeMember.Room);

    public RoomId? GetOptionalRoom() => ParseId<RoomId>(NativeMember.Room, RoomId.TryParse);

    public SessionId GetTarget() => GetOptionalTarget() is { } target ? target : FailMissing<SessionId>(NativeMember.TargetId);

    public SessionId? GetOptionalTarget() => ParseId<SessionId>(NativeMember.TargetId, SessionId.TryParse);

    public CallId GetCall() => ParseId<CallId>(NativeMember.CallId, CallId.TryParse) ?? FailMissing<CallId>(NativeMember.CallId);

    /// <summary>A member that must be there.</summary>
    public ReadOnlyMemory<byte> GetRequiredRaw(NativeMember member) =>
        Has(member) ? GetRaw(member) : FailMissing<ReadOnlyMemory<byte>>(member);

    /// <summary>The <c>fields</c>; each value is the JSON that was sent, and <c>null</c> removes.</summary>
    public FieldUpdate? GetFields()
    {
        if (!HasValue(NativeMember.Fields))
        {
            return null;
        }

        if (_slots[(int)NativeMember.Fields].Token != JsonTokenType.StartObject)
        {
            FailType(NativeMember.Fields, "an object");
            return null;
        }

        var changes = NativeFields.Read(GetRaw(NativeMember.Fields).Span, out FieldProblem? problem);
        switch (problem)
        {
            case FieldProblem.NameIsNoText:
                FailType(NativeMember.Fields, "an object with names of well-formed text");
                return null;
            case FieldProblem.StandsTwice:
                Fail(SignalingErrorCode.InvalidMessage, "A field stands twice.");
                return null;
        }

        return new FieldUpdate { Changes = changes, Replace = GetBoolean(NativeMember.Replace) ?? false };
    }

    /// <summary>Keeps a problem, unless there is one already.</summary>
    public void Fail(string code, string sentence) => Problem ??= new SignalingError(code, sentence);

    private void ReadMembers()
    {
        var reader = new Utf8JsonReader(_message.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            Fail(SignalingErrorCode.InvalidMessage, "A message is a JSON object.");
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            NativeMember? member = NativeMembers.Find(in reader);
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            JsonTokenType token = reader.TokenType;
            reader.Skip();
            if (member is { } known)
            {
                Keep(known, new Slot(token, start, (int)reader.BytesConsumed - start));
            }
        }

        // What follows the object is an error of the reader's, which throws.
        reader.Read();
        if (!HasValue(NativeMember.Type))
        {
            Fail(SignalingErrorCode.InvalidMessage, "A message has a type.");
        }

        Type = GetString(NativeMember.Type) ?? "";
    }

    private void Keep(NativeMember member, Slot slot)
    {
        if (Has(member))
        {
            Fail(SignalingErrorCode.InvalidMessage, $"{NativeMembers.NameOf(member)} stands twice.");
            return;
        }

        _slots[(int)member] = slot;
        if (member == NativeMember.Id)
        {
            KeepId(slot);
        }
    }

    private void KeepId(Slot slot)
    {
        bool isGood = slot.Token switch
        {
            JsonTokenType.Number => GetInteger(NativeMember.Id) is not null,
            JsonTokenType.String => GetString(NativeMember.Id) is { Length: <= MaxIdCharacters },
            _ => false,
        };
        if (isGood)
        {
            Id = new RequestId(GetRaw(NativeMember.Id));
        }
        else
        {
            FailType(NativeMember.Id, "an integer or a string of up to 64 characters");
        }
    }

    private T? ParseId<T>(NativeMember member, TryParse<T> parse)
        where T : struct
    {
        if (GetString(member) is not { } text)
        {
            return null;
        }

        if (!parse(text, out T id))
        {
            FailType(member, "a text of 1 to 64 characters without control characters");
        }

        return id;
    }

    private string? Unescape(NativeMember member, ReadOnlySpan<byte> raw)
    {
        string? text = NativeText.Read(raw);
        if (text is null)
        {
            FailType(member, "well-formed text");
        }

        return text;
    }

    private void FailType(NativeMember member, string expected) =>
        Fail(SignalingErrorCode.InvalidArgument, $"{NativeMembers.NameOf(member)} must be {expected}.");

    private T FailMissing<T>(NativeMember member)
        where T : struct
    {
        Fail(SignalingErrorCode.InvalidArgument, $"{NativeMembers.NameOf(member)} is missing.");
        return default;
    }

    private delegate bool TryParse<T>(string? text, out T id);

    private readonly record struct Slot(JsonTokenType Token, int Start, int Length);

    [InlineArray((int)NativeMember.Count)]
    private struct Slots
    {
        private Slot _first;
    }
}
