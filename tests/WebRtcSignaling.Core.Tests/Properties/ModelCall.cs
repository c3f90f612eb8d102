namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>A call as the model knows it; numbers count up with each call there is.</summary>
internal sealed class ModelCall(int number, ModelSession offerer, ModelSession answerer, bool serverLed, TimeSpan? ringsUntil)
{
    public int Number => number;

    public ModelSession Offerer => offerer;

    public ModelSession Answerer => answerer;

    public bool ServerLed => serverLed;

    /// <summary>Null once it is accepted.</summary>
    public TimeSpan? RingsUntil { get; set; } = ringsUntil;

    public bool Has(ModelSession session) => session == offerer || session == answerer;
}
