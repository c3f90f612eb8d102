using System.Diagnostics;

namespace WebRtcSignaling.AspNetCore.Tests.Apps;

/// <summary>For what happens by itself and tells nobody.</summary>
internal static class Eventually
{
    /// <summary>Lets others work until this is so.</summary>
    public static async Task IsTrueAsync(Func<bool> condition, string expectation)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TestApp.Bound), expectation);
            await Task.Yield();
        }
    }
}
