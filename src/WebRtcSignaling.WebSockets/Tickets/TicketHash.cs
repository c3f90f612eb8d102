using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>
/// What is kept of a ticket: its SHA-256. The ticket cannot be had from it, and since nobody can choose what a hash begins with, the time
/// that a lookup takes says nothing about the tickets that exist; the comparison itself takes the same time for all.
/// </summary>
internal readonly struct TicketHash : IEquatable<TicketHash>
{
    private readonly Content _content;

    private TicketHash(ReadOnlySpan<char> ticket) => SHA256.HashData(MemoryMarshal.AsBytes(ticket), _content);

    public static TicketHash Of(ReadOnlySpan<char> ticket) => new(ticket);

    public bool Equals(TicketHash other) => CryptographicOperations.FixedTimeEquals(_content, other._content);

    public override bool Equals(object? obj) => obj is TicketHash other && Equals(other);

    public override int GetHashCode() => MemoryMarshal.Read<int>(_content);

    [InlineArray(SHA256.HashSizeInBytes)]
    private struct Content
    {
        private byte _first;
    }
}
