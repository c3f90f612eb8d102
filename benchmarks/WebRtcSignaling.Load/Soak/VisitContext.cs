using System.Globalization;
using System.Net;

namespace WebRtcSignaling.Load.Soak;

/// <summary>What a visit knows.</summary>
/// <param name="Server">Where the server listens.</param>
/// <param name="Name">A name that no other visit has.</param>
/// <param name="Random">Its choices.</param>
/// <param name="Http">For what is no WebSocket.</param>
/// <param name="Box">A message box of the worker's own, made once: boxes outlast a short run.</param>
/// <param name="Patience">Fires when the visit has taken too long.</param>
internal sealed record VisitContext(IPEndPoint Server, string Name, Random Random, HttpClient Http, string Box, CancellationToken Patience)
{
    /// <summary>One of some rooms in which visits meet.</summary>
    public string CommonRoom() => string.Create(CultureInfo.InvariantCulture, $"common-{Random.Next(32)}");

    public Task PauseAsync(int mostMilliseconds) => Task.Delay(TimeSpan.FromMilliseconds(Random.Next(mostMilliseconds)), TimeProvider.System, Patience);
}
