using WebRtcSignaling.Errors;

namespace WebRtcSignaling.WebSockets.Native;

/// <summary>Results whose value is told by an event.</summary>
internal static class NativeResults
{
    public static async ValueTask<SignalingResult> WithoutValue<T>(ValueTask<SignalingResult<T>> pending)
        where T : notnull =>
        (await pending.ConfigureAwait(false)).Error is { } error ? error : SignalingResult.Success;
}
