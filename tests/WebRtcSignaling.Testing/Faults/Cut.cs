namespace WebRtcSignaling.Testing.Faults;

/// <summary>How a connection is cut; both sides hear the same.</summary>
public enum Cut
{
    /// <summary>At once (RST): whoever reads or writes fails, and what was on its way is lost.</summary>
    Reset = 1,

    /// <summary>In order (FIN): what came before is read, and then the end.</summary>
    End = 2,
}
