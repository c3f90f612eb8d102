using WebRtcSignaling.Compatibility.EasyRtc;

namespace WebRtcSignaling.Compatibility.Tests.EasyRtc;

/// <summary>A host app that listens to its clients.</summary>
internal sealed class EchoHandler : IEasyRtcMessageHandler
{
    public ValueTask<EasyRtcAnswer?> HandleAsync(EasyRtcMessage message, CancellationToken cancellationToken) => message.Type switch
    {
        "ask" => new(new EasyRtcAnswer($"asked by {message.Sender.Id}", message.Data)),
        "fail" => throw new InvalidOperationException("secret"),
        _ => new((EasyRtcAnswer?)null),
    };
}
