namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>Who may not join, as the model knows it.</summary>
internal sealed record ModelBan(string? Id, string? Username, string? Account, TimeSpan? Until)
{
    public bool Names(string? username) =>
        Username is not null && string.Equals(Username, username, StringComparison.OrdinalIgnoreCase);

    public bool Meets(ModelSession session) => Id == session.Id || Names(session.Username) || (Account is not null && Account == session.Account);
}
