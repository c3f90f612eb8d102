namespace WebRtcSignaling.Testing.Connections;

/// <summary>Waits for what another thread is about to bring about, without sleeping; what never comes fails the test.</summary>
public static class Eventually
{
    /// <summary>Long enough for a busy machine, and only ever waited for by a test that fails.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        using var patience = new CancellationTokenSource(Bound, TimeProvider.System);
        while (!condition())
        {
            if (patience.IsCancellationRequested)
            {
                throw new TimeoutException($"It never came about that {what}.");
            }

            await Task.Yield();
        }
    }
}
