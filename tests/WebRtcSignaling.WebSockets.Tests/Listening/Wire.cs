namespace WebRtcSignaling.WebSockets.Tests.Listening;

/// <summary>The kinds of endpoint.</summary>
public enum Wire
{
    Tcp,
    Tls,
    Unix,
}
