using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Hosting;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.Testing;

namespace WebRtcSignaling.AspNetCore.Tests.Hosting;

/// <summary>What an app's connections take their memory from; how they work with it is shown by the conformance tests of inline connections.</summary>
public sealed class UseSignalingMemoryPoolTests
{
    [TestCase(true)]
    [TestCase(false)]
    public async Task Connections_take_their_memory_from_it_only_where_it_was_asked_for(bool isAskedFor)
    {
        var pool = new TaskCompletionSource<MemoryPool<byte>?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestApp app = await TestApp.StartAsync(
            builder =>
            {
                builder.Services.AddSignaling();
                if (isAskedFor)
                {
                    Assert.That(builder.WebHost.UseSignalingMemoryPool(), Is.SameAs(builder.WebHost));
                }
            },
            web =>
            {
                web.Use((context, next) =>
                {
                    pool.TrySetResult(context.Features.Get<IMemoryPoolFeature>()?.MemoryPool);
                    return next(context);
                });
                web.MapSignaling();
            });

        using var client = await app.ConnectAsync();
        await client.ReadWelcomeAsync();

        Assert.That((await pool.Task.WaitAsync(TestApp.Bound))?.MaxBufferSize, isAskedFor ? Is.EqualTo(BlockPool.BlockSize) : Is.LessThan(BlockPool.BlockSize));
    }

    [Test]
    public async Task The_clock_of_the_app_says_when_memory_is_dropped_and_its_end_ends_that()
    {
        var time = new ManualTimeProvider();
        await using (TestApp app = TestApp.Create(builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.AddSignaling();
            builder.WebHost.UseSignalingMemoryPool();
        }))
        {
            int before = time.UndisposedTimers;
            await app.StartAsync();
            Assert.That(time.UndisposedTimers, Is.GreaterThan(before));
        }

        Assert.That(time.UndisposedTimers, Is.Zero);
    }
}
