using System.Globalization;

namespace WebRtcSignaling.Testing.Faults;

/// <summary>One thing that goes wrong in one direction of a connection, as soon as that many of its bytes have passed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="AtByte">How many bytes pass before it; with 0 it is there from the beginning.</param>
/// <param name="Time">How long, for <see cref="FaultKind.Delay"/> and <see cref="FaultKind.Stall"/>.</param>
/// <param name="Bytes">How many, for <see cref="FaultKind.Throttle"/> and <see cref="FaultKind.Split"/>.</param>
public sealed record Fault(FaultKind Kind, long AtByte, TimeSpan Time = default, int Bytes = 0)
{
    /// <summary>The connection is cut with a reset.</summary>
    public static Fault Reset(long atByte) => new(FaultKind.Reset, atByte);

    /// <summary>The connection is ended in order.</summary>
    public static Fault End(long atByte) => new(FaultKind.End, atByte);

    /// <summary>From here on the bytes of both directions vanish, and neither side sees the other's end.</summary>
    public static Fault HalfOpen(long atByte) => new(FaultKind.HalfOpen, atByte);

    /// <summary>From here on every byte takes so much longer, in order.</summary>
    public static Fault Delay(long atByte, TimeSpan by) => new(FaultKind.Delay, atByte, by);

    /// <summary>From here on no more bytes pass than so many a second.</summary>
    public static Fault Throttle(long atByte, int bytesPerSecond) => new(FaultKind.Throttle, atByte, Bytes: bytesPerSecond);

    /// <summary>From here on bytes arrive in pieces of at most so many.</summary>
    public static Fault Split(long atByte, int bytes) => new(FaultKind.Split, atByte, Bytes: bytes);

    /// <summary>Nothing passes for so long; then all goes on. The sender is held up once a few buffers are full.</summary>
    /// <param name="atByte">Where.</param>
    /// <param name="duration">How long; <see cref="Timeout.InfiniteTimeSpan"/> for good.</param>
    public static Fault Stall(long atByte, TimeSpan duration) => new(FaultKind.Stall, atByte, duration);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Kind} at {AtByte}{(Time == default ? "" : $" ({Time.TotalSeconds} s)")}{(Bytes == 0 ? "" : $" ({Bytes} bytes)")}");
}
