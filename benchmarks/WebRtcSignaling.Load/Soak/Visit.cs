namespace WebRtcSignaling.Load.Soak;

/// <summary>Something that clients do from connecting to leaving. It throws if the server does not do its part.</summary>
/// <param name="Name">What it is called if it fails.</param>
/// <param name="Weight">How often it is chosen, among all.</param>
/// <param name="RunAsync">Does it.</param>
internal sealed record Visit(string Name, int Weight, Func<VisitContext, Task> RunAsync);
