namespace WebRtcSignaling.Sessions;

/// <summary>How much one scope of fields may hold.</summary>
/// <param name="Count">The most fields: each costs memory beside its bytes, forty times as much as the shortest has.</param>
/// <param name="Bytes">The most bytes of names and values together.</param>
internal readonly record struct FieldLimits(int Count, int Bytes);
