using System.Collections.ObjectModel;
using WebRtcSignaling.Errors;

namespace WebRtcSignaling.MessageBoxes;

/// <summary>
/// One request that waits at a box. Whoever takes it off the box's list, under the registry's lock, is the one that ends it: a put with its
/// message, the end of the time without any, a cancellation, or the end of the registry. So no message goes to a request that has gone.
/// </summary>
internal sealed class MessageBoxWait(MessageBoxRegistry registry, MessageBoxId id)
{
    private readonly TaskCompletionSource<SignalingResult<ReadOnlyCollection<ReadOnlyMemory<byte>>>> _end =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal MessageBoxId Id => id;

    internal Task<SignalingResult<ReadOnlyCollection<ReadOnlyMemory<byte>>>> End => _end.Task;

    internal void EndWith(SignalingResult<ReadOnlyCollection<ReadOnlyMemory<byte>>> result) => _end.TrySetResult(result);

    internal void OnTimeOver()
    {
        if (registry.TryRemove(this))
        {
            _end.TrySetResult(ReadOnlyCollection<ReadOnlyMemory<byte>>.Empty);
        }
    }

    internal void OnCanceled(CancellationToken cancellationToken)
    {
        if (registry.TryRemove(this))
        {
            _end.TrySetCanceled(cancellationToken);
        }
    }
}
