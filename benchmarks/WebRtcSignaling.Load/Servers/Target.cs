using WebRtcSignaling.Load.Dialects;

namespace WebRtcSignaling.Load.Servers;

/// <summary>A server that can be measured.</summary>
/// <param name="Name">What <c>--target</c> calls it.</param>
/// <param name="Title">What the tables call it.</param>
/// <param name="Program">The program, a file below the repository's root or one that the system finds.</param>
/// <param name="Arguments">What it is told; <c>{root}</c> stands for the repository's root.</param>
/// <param name="ReadyText">What its output says when it can be connected to.</param>
/// <param name="Dialect">How to talk to it.</param>
internal sealed record Target(
    string Name, string Title, string Program, IReadOnlyList<string> Arguments, string ReadyText, ClientDialect Dialect)
{
    /// <summary>What of its settings is not the default, for the report; <see langword="null"/> for nothing.</summary>
    public string? Settings { get; init; }
}
