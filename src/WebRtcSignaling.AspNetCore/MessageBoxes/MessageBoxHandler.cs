using System.Collections.ObjectModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore.Origins;
using WebRtcSignaling.Errors;
using WebRtcSignaling.MessageBoxes;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.AspNetCore.MessageBoxes;

/// <summary>Serves the message boxes over HTTP.</summary>
internal sealed partial class MessageBoxHandler(
    SignalingServer server,
    IOptions<SignalingHostOptions> options,
    IHostApplicationLifetime lifetime,
    ILogger<MessageBoxHandler> logger)
{
    /// <summary>What is served. No HEAD: it must change nothing, and to look into a box is to empty it.</summary>
    public const string Methods = "GET, POST";

    private readonly CrossOriginPolicy _origins = new(new OriginPolicy(options.Value.AllowedOrigins));
    private readonly int _maxMessageBytes = options.Value.MessageBoxes.MaxMessageBytes;

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await ServeAsync(context).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone, and with it the need for an answer.
            LogGone(logger);
        }
    }

    private Task ServeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        switch (_origins.Check(context))
        {
            case CrossOriginVerdict.Forbidden:
                return RefuseAsync(context, MessageBoxRefusal.Forbidden);
            case CrossOriginVerdict.Malformed:
                return RefuseAsync(context, MessageBoxRefusal.BadRequest("An Origin is one origin."));
        }

        if (HttpMethods.IsOptions(request.Method))
        {
            CrossOriginPolicy.AnswerPreflight(context, Methods);
            return Task.CompletedTask;
        }

        if (server.Admission.TakeRequest(context.Connection.RemoteIpAddress) is { } tooEarly)
        {
            return RefuseAsync(context, tooEarly);
        }

        return HttpMethods.IsGet(request.Method) ? AnswerAsync(context, body: null)
            : HttpMethods.IsPost(request.Method) ? ReceiveAsync(context)
            : RefuseAsync(context, MessageBoxRefusal.MethodNotAllowed);
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        (MessageBoxBody body, MessageBoxRefusal? refusal) =
            await MessageBoxBody.ReadAsync(context.Request, _maxMessageBytes).ConfigureAwait(false);
        await (refusal is null ? AnswerAsync(context, body) : RefuseAsync(context, refusal)).ConfigureAwait(false);
    }

    private Task AnswerAsync(HttpContext context, MessageBoxBody? body) =>
        server.IsStopping ? RefuseAsync(context, MessageBoxRefusal.Stopping)
        : !MessageBoxParameters.TryRead(
            context.Request.Query, body, _maxMessageBytes, out MessageBoxRequest? request, out MessageBoxRefusal? refusal)
            ? RefuseAsync(context, refusal)
        : request.Box is not { } box ? CreateAsync(context)
        : request.Message is { } message ? PutAsync(context, box, message)
        : TakeAsync(context, box, request.Wait);

    private Task CreateAsync(HttpContext context)
    {
        SignalingResult<MessageBoxId> created = server.MessageBoxes.Create();
        return created.IsSuccess ? MessageBoxResponse.WriteCreatedAsync(context, created.Value.Value) : RefuseAsync(context, created.Error);
    }

    private Task PutAsync(HttpContext context, MessageBoxId box, string message)
    {
        SignalingResult<int> count = server.MessageBoxes.Put(box, message, context.Connection.RemoteIpAddress);
        return count.IsSuccess ? MessageBoxResponse.WriteAckAsync(context, count.Value) : RefuseAsync(context, count.Error);
    }

    private async Task TakeAsync(HttpContext context, MessageBoxId box, TimeSpan wait)
    {
        SignalingResult<ReadOnlyCollection<ReadOnlyMemory<byte>>> taken;
        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            taken = await server.MessageBoxes.TakeAllAsync(box, wait, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The app is stopping. What is in the box is still there.
            await RefuseAsync(context, MessageBoxRefusal.Stopping).ConfigureAwait(false);
            return;
        }

        await (taken.IsSuccess ? MessageBoxResponse.WriteMessagesAsync(context, taken.Value) : RefuseAsync(context, taken.Error))
            .ConfigureAwait(false);
    }

    private Task RefuseAsync(HttpContext context, SignalingError error) => RefuseAsync(context, MessageBoxRefusal.Of(error));

    private Task RefuseAsync(HttpContext context, MessageBoxRefusal refusal)
    {
        LogRefused(logger, refusal.Status, refusal.Code);
        return MessageBoxResponse.WriteAsync(context, refusal);
    }

    // Neither box nor message: who knows a box's name can empty it.
    [LoggerMessage(1, LogLevel.Debug, "A request to a message box was refused with {Status}, {Code}.")]
    private static partial void LogRefused(ILogger logger, int status, string code);

    [LoggerMessage(2, LogLevel.Debug, "A client of a message box has gone before its answer.")]
    private static partial void LogGone(ILogger logger);
}
