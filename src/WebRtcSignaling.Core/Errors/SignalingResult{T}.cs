using System.Diagnostics.CodeAnalysis;

namespace WebRtcSignaling.Errors;

/// <summary>The result of a request: a value, or why it was refused.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct SignalingResult<T> : IEquatable<SignalingResult<T>>
    where T : notnull
{
    private readonly T? _value;

    internal SignalingResult(T? value, SignalingError? error)
    {
        _value = value;
        Error = error;
    }

    /// <summary>Why the request was refused; <see langword="null"/> on success.</summary>
    public SignalingError? Error { get; }

    /// <summary>Whether the request was carried out.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The request was refused; see <see cref="Error"/>.</exception>
    public T Value => Error is null && _value is not null
        ? _value
        : throw new InvalidOperationException($"The request was refused ({Error?.Code}); ask IsSuccess before Value.");

    /// <summary>Gets the value if the request was carried out.</summary>
    public bool TryGetValue([NotNullWhen(true)] out T? value)
    {
        value = _value;
        return Error is null && value is not null;
    }

    /// <summary>A success.</summary>
    public static implicit operator SignalingResult<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator SignalingResult<T>(SignalingError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new SignalingResult<T>(default, error);
    }

    /// <inheritdoc/>
    public bool Equals(SignalingResult<T> other) =>
        Equals(Error, other.Error) && EqualityComparer<T?>.Default.Equals(_value, other._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SignalingResult<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_value, Error);

    /// <summary>Whether both are the same answer.</summary>
    public static bool operator ==(SignalingResult<T> left, SignalingResult<T> right) => left.Equals(right);

    /// <summary>Whether the answers differ.</summary>
    public static bool operator !=(SignalingResult<T> left, SignalingResult<T> right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => Error?.ToString() ?? _value?.ToString() ?? "";
}
