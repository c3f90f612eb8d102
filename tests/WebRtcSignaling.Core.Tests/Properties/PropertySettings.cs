using System.Globalization;

namespace WebRtcSignaling.Core.Tests.Properties;

/// <summary>
/// Which sequences this run plays: those from a new seed on, or from the one in the environment variable PROPERTY_SEED, which replays a failure;
/// 10,000 of them, or as many as PROPERTY_SEQUENCES says.
/// </summary>
internal static class PropertySettings
{
    public static int Seed { get; } = FromEnvironment("PROPERTY_SEED") ?? Random.Shared.Next(1 << 30);

    public static int Sequences { get; } = FromEnvironment("PROPERTY_SEQUENCES") ?? 10_000;

    private static int? FromEnvironment(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : null;
}
