namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>Guesses as an account that fills with time: a guess costs one interval.</summary>
internal sealed class ModelThrottle(int guesses)
{
    private TimeSpan _balance = guesses * World.GuessInterval;
    private TimeSpan _last;

    public bool Allows(TimeSpan now)
    {
        TimeSpan full = guesses * World.GuessInterval;
        _balance = _balance + (now - _last) < full ? _balance + (now - _last) : full;
        _last = now;
        return _balance >= World.GuessInterval;
    }

    public void Charge() => _balance -= World.GuessInterval;
}
