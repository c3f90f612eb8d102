namespace WebRtcSignaling.Limits;

/// <summary>Whose failures are counted together: those of an account, or, where none is known, of a network.</summary>
/// <param name="Account">The account.</param>
/// <param name="Network">The network; the default where an account is given.</param>
internal readonly record struct FailureSource(string? Account, ClientNetwork Network);
