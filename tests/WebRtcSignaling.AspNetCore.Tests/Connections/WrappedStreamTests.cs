using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace WebRtcSignaling.AspNetCore.Tests.Connections;

/// <summary>A middleware has put its own stream around Kestrel's, to count bytes; they must go through it.</summary>
[TestFixture]
public sealed class WrappedStreamTests : KestrelConformance
{
    private static long _bytes;

    protected override HttpProtocols Protocols => HttpProtocols.Http1;

    protected override bool UsesTls => false;

    protected override string Transport => "StreamTransport";

    [SetUp]
    public void Forget() => Volatile.Write(ref _bytes, 0);

    [TearDown]
    public void All_went_through_the_stream() => Assert.That(Volatile.Read(ref _bytes), Is.GreaterThan(100));

    protected override void UseMiddleware(WebApplication app) => app.Use(static (context, next) =>
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
        {
            context.Features.Set<IHttpUpgradeFeature>(new CountingUpgrade(upgrade));
        }

        return next(context);
    });

    private sealed class CountingUpgrade(IHttpUpgradeFeature inner) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => inner.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync() => new CountingStream(await inner.UpgradeAsync());
    }

    private sealed class CountingStream(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Interlocked.Add(ref _bytes, buffer.Length);
            await inner.WriteAsync(buffer, cancellationToken);
        }
    }
}
