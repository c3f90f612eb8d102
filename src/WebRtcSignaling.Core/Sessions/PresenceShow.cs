namespace WebRtcSignaling.Sessions;

/// <summary>How available somebody is, in the four words of RFC 6121 section 4.7.2.1, which EasyRTC uses, too.</summary>
public enum PresenceShow
{
    /// <summary>Interested in chatting.</summary>
    Chat,

    /// <summary>Away for a moment.</summary>
    Away,

    /// <summary>Away for longer ("extended away").</summary>
    Xa,

    /// <summary>Not to be disturbed.</summary>
    Dnd,
}
