using System.Text.Json.Nodes;

namespace WebRtcSignaling.RealClients.Tests;

internal sealed class ClientsTests
{
    [Test]
    public async Task Every_client_is_installed_in_the_version_that_is_named()
    {
        var packages = await Clients.InstallAsync();
        var wanted = Read(Path.Combine(packages, "package.json"))["dependencies"]!.AsObject();
        Assert.Multiple(() =>
        {
            foreach (var (name, version) in wanted)
            {
                var installed = (string)Read(Path.Combine(packages, "node_modules", name, "package.json"))["version"]!;
                Assert.That(((string)version!).Split('@')[^1], Is.EqualTo(installed), name);
            }
        });
    }

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(file))!;
}
