namespace WebRtcSignaling.Testing.Faults;

/// <summary>The end of a link that is towards the client or the server: where bytes are taken from and given to.</summary>
internal abstract class LinkEnd
{
    /// <summary>What that side sends.</summary>
    public abstract Stream Input { get; }

    /// <summary>What that side receives.</summary>
    public abstract Stream Output { get; }

    /// <summary>Lets that side read the end. It can be called again.</summary>
    public abstract void EndOutput();

    /// <summary>Lets that side's reads and writes fail.</summary>
    public abstract void Reset();

    /// <summary>Ends the output, and takes what that side still sends, so that it meets no reset.</summary>
    public abstract Task CloseAsync(CancellationToken cancellationToken);
}
