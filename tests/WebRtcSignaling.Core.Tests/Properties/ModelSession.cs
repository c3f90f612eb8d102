using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>A session as the model knows it.</summary>
internal sealed class ModelSession(int index)
{
    public string Id { get; } = World.Names[index];

    public string? Username { get; } = World.Usernames[index];

    public string? Account { get; } = World.Accounts[index];

    public bool Ended { get; set; }

    public List<ModelRoom> Rooms { get; } = [];

    public HashSet<string> Groups { get; } = [];

    public HashSet<MediaResources> Media { get; } = [];

    public Presence? Presence { get; set; }

    public ModelFields Fields { get; } = new();

    public ModelThrottle Guesses { get; } = new(World.GuessesPerSession);

    /// <summary>What it hears in this step, by the room it comes from.</summary>
    public List<(string Room, string Text)> Hears { get; } = [];
}
