using System.Diagnostics.CodeAnalysis;

namespace WebRtcSignaling.Errors;

/// <summary>The result of a request that returns no value. The default value is success.</summary>
public readonly struct SignalingResult : IEquatable<SignalingResult>
{
    private SignalingResult(SignalingError error) => Error = error;

    /// <summary>A successful result.</summary>
    public static SignalingResult Success => default;

    /// <summary>Why the request was refused; <see langword="null"/> on success.</summary>
    public SignalingError? Error { get; }

    /// <summary>Whether the request was carried out.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>
    /// A successful result with a value. Needed when <typeparamref name="T"/> is an interface, because C# does not apply implicit
    /// conversions from interfaces.
    /// </summary>
    public static SignalingResult<T> FromValue<T>(T value)
        where T : notnull => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator SignalingResult(SignalingError error) => FromError(error);

    /// <summary>A refusal.</summary>
    public static SignalingResult FromError(SignalingError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new SignalingResult(error);
    }

    /// <inheritdoc/>
    public bool Equals(SignalingResult other) => Equals(Error, other.Error);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SignalingResult other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Error?.GetHashCode() ?? 0;

    /// <summary>Whether both are the same answer.</summary>
    public static bool operator ==(SignalingResult left, SignalingResult right) => left.Equals(right);

    /// <summary>Whether the answers differ.</summary>
    public static bool operator !=(SignalingResult left, SignalingResult right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => Error?.ToString() ?? "success";
}
