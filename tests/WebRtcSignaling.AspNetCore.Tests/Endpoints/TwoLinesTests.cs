using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using WebRtcSignaling.AspNetCore.Tests.Apps;
using WebRtcSignaling.AspNetCore.Tests.Clients;

namespace WebRtcSignaling.AspNetCore.Tests.Endpoints;

/// <summary>The two lines at the top of the README make a server that works and is safe.</summary>
[TestFixture]
public sealed class TwoLinesTests
{
    [Test]
    public void The_lines_are_those_of_the_readme()
    {
        string example = File.ReadAllText(Path.Combine(RepositoryRoot(), "README.md")).Split("```")[1];
        Assert.Multiple(() =>
        {
            Assert.That(example, Does.Contain("\nbuilder.Services.AddSignaling();\n"));
            Assert.That(example, Does.Contain("\napp.MapSignaling(\"/signaling\");\n"));
            Assert.That(example.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(6), "Nothing else is needed.");
        });
    }

    [Test]
    public async Task Clients_signal_within_a_room()
    {
        await using TestApp app = await StartAsync();
        using JsonClient ann = await ConnectAsync(app);
        using JsonClient ben = await ConnectAsync(app);
        await ann.JoinAsync("tea");
        await ben.JoinAsync("tea");
        await ben.SendAsync($$"""{"type":"signal-send","room":"tea","targetId":"{{ann.Id}}","data":["v=0"]}""");
        Assert.That((string?)(await ann.ReceiveAsync("signal-receive"))["senderId"], Is.EqualTo(ben.Id));
        await CloseAsync(ann, ben);
    }

    [Test]
    public async Task Strangers_cannot_signal()
    {
        await using TestApp app = await StartAsync();
        using JsonClient ann = await ConnectAsync(app);
        using JsonClient ben = await ConnectAsync(app);
        await ann.JoinAsync("tea");
        await ben.SendAsync($$"""{"type":"signal-send","targetId":"{{ann.Id}}","data":1}""");
        Assert.That((string?)(await ben.ReceiveAsync())["code"], Is.EqualTo("not-permitted"));
        await ben.SendAsync($$"""{"type":"signal-send","room":"tea","targetId":"{{ann.Id}}","data":1}""");
        Assert.That((string?)(await ben.ReceiveAsync())["code"], Is.EqualTo("not-in-room"));
        await ann.SendAsync("""{"type":"ping"}""");
        Assert.That((string?)(await ann.ReceiveAsync())["type"], Is.EqualTo("pong"), "Nothing else may have come.");
        await CloseAsync(ann, ben);
    }

    [Test]
    public async Task A_strangers_page_cannot_connect()
    {
        await using TestApp app = await StartAsync();
        using RawClient client = await RawClient.ConnectAsync(app.Address);
        await client.SendAsync(RawClient.Handshake(app.Address, changes: ("Origin", "https://evil.example")));
        Assert.That((await client.ReadHeadAsync()).Status, Is.EqualTo(403));
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        builder => builder.Services.AddSignaling(),
        app => app.MapSignaling("/signaling"));

    private static async Task<JsonClient> ConnectAsync(TestApp app)
    {
        JsonClient client = await app.ConnectAsync();
        await client.ReadWelcomeAsync();
        return client;
    }

    private static Task CloseAsync(params JsonClient[] clients) => Task.WhenAll(clients.Select(client => client.CloseAsync()));

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WebRtcSignaling.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie in the repository.");
    }
}
