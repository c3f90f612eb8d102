using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace WebRtcSignaling.AspNetCore.Tests.Apps;

/// <summary>Follows a number that goes up and down, of one app only.</summary>
internal sealed class MetricWatch : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource? _zero;
    private long _value;

    /// <param name="app">The app, before anything has been counted.</param>
    /// <param name="instrument">The instrument's name.</param>
    public MetricWatch(TestApp app, string instrument)
    {
        IMeterFactory factory = app.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Name == instrument && published.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(published);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, change, _, _) => Add(change));
        _listener.Start();
    }

    public long Value
    {
        get
        {
            lock (_lock)
            {
                return _value;
            }
        }
    }

    public Task WhenZero()
    {
        lock (_lock)
        {
            _zero ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task task = _zero.Task;
            Check();
            return task;
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(long change)
    {
        lock (_lock)
        {
            _value += change;
            Check();
        }
    }

    private void Check()
    {
        if (_value == 0)
        {
            _zero?.TrySetResult();
            _zero = null;
        }
    }
}
