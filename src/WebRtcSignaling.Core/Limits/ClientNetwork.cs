using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace WebRtcSignaling.Limits;

/// <summary>
/// An address, as limits count it: an IPv4 address (also one that is mapped into IPv6), or the /64 network of an IPv6 address, which is the least that one
/// subscriber gets (RFC 6177) and within which it can choose addresses freely.
/// </summary>
public readonly record struct ClientNetwork
{
    private const int PrefixBytes = 8;

    private readonly ulong _prefix;
    private readonly bool _isVersion6;

    private ClientNetwork(ulong prefix, bool isVersion6)
    {
        _prefix = prefix;
        _isVersion6 = isVersion6;
    }

    /// <summary>The network of an address; <see langword="null"/> if there is none, as with a Unix domain socket.</summary>
    public static ClientNetwork? Of(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        Span<byte> bytes = stackalloc byte[16];
        plain.TryWriteBytes(bytes, out _);
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? new(BinaryPrimitives.ReadUInt64BigEndian(bytes[..PrefixBytes]), isVersion6: true)
            : new(BinaryPrimitives.ReadUInt32BigEndian(bytes), isVersion6: false);
    }

    /// <summary>The network as text, for debugging. It has not the form of an address.</summary>
    public override string ToString() => string.Create(null, $"{(_isVersion6 ? "6" : "4")}:{_prefix:x}");
}
