using System.Net;
using WebRtcSignaling.Testing.Faults;
using static Microsoft.Playwright.Assertions;

namespace WebRtcSignaling.Samples.Tests.VideoRoom;

internal sealed class ReconnectTests : ServerFixture
{
    [Test]
    public async Task After_a_crash_of_the_server_the_pages_meet_again_by_themselves()
    {
        var (ann, ben) = await MeetAsync();
        await Server.KillAsync();
        await AreWaitingAsync(ann, ben);
        // The call itself goes on without the server.
        await ann.SeesVideoOfOthersAsync(1);
        await ben.SeesVideoOfOthersAsync(1);
        await MeetAgainAsync(ann, ben);
    }

    [Test]
    public async Task After_a_restart_of_the_server_the_pages_meet_again_by_themselves()
    {
        var (ann, ben) = await MeetAsync();
        await Server.StopAsync();
        await AreWaitingAsync(ann, ben);
        await MeetAgainAsync(ann, ben);
    }

    [Test]
    public async Task A_page_that_finds_no_server_says_so_and_joins_when_there_is_one()
    {
        var ann = await OpenAsync();
        await Server.KillAsync();
        await ann.JoinAsync("Ann");
        await Expect(ann.Banner).ToContainTextAsync("The server cannot be reached.");
        await Server.StartAgainAsync();
        // No wait for the button: by itself the page may have been faster, and the banner be gone.
        await ann.Page.DispatchEventAsync("#banner-retry", "click");
        await ann.IsInRoomAsync();
        await Expect(ann.Banner).ToBeHiddenAsync();
    }

    [Test]
    public async Task However_often_a_connection_is_cut_its_page_is_back_in_the_room_by_itself()
    {
        await using FaultyProxy proxy = FaultyProxy.Start(new IPEndPoint(IPAddress.Loopback, Server.Address.Port));
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben", through: proxy);
        for (var cut = 1; cut <= 3; cut++)
        {
            await ann.SeesVideoOfOthersAsync(1);
            await ben.SeesVideoOfOthersAsync(1);
            var connections = proxy.Accepted;
            Assert.That(await proxy.CutAllAsync(), Is.Positive);
            await proxy.WhenAcceptedAsync(connections + 1);
            await Expect(ben.Banner).ToBeHiddenAsync();
            await Expect(ann.RemoteTiles).ToHaveCountAsync(1);
            await ben.SayAsync($"Back {cut}");
            await Expect(ann.ChatTexts.Last).ToHaveTextAsync($"Back {cut}");
        }
    }

    private async Task<(RoomPage Ann, RoomPage Ben)> MeetAsync()
    {
        var ann = await JoinAsync("Ann", "secret");
        var ben = await JoinAsync("Ben", "secret");
        await ann.SeesVideoOfOthersAsync(1);
        return (ann, ben);
    }

    private static async Task AreWaitingAsync(RoomPage ann, RoomPage ben)
    {
        await Expect(ann.Banner).ToContainTextAsync("The connection to the server is lost.");
        await Expect(ben.Banner).ToContainTextAsync("The connection to the server is lost.");
    }

    private async Task MeetAgainAsync(RoomPage ann, RoomPage ben)
    {
        var before = await IdsAsync(ann);

        await Server.StartAgainAsync();

        // By themselves the pages may take half a minute, the longer the longer it was away.
        await ann.Page.DispatchEventAsync("#banner-retry", "click");
        await ben.Page.DispatchEventAsync("#banner-retry", "click");
        await Expect(ann.Banner).ToBeHiddenAsync();
        await Expect(ben.Banner).ToBeHiddenAsync();
        await Expect(ann.RemoteTiles).ToHaveCountAsync(1);
        await Expect(ben.RemoteTiles).ToHaveCountAsync(1);
        Assert.That((await IdsAsync(ann)).Intersect(before), Is.Empty, "The server gives new ids.");
        await ann.SeesVideoOfOthersAsync(1);
        await ben.SeesVideoOfOthersAsync(1);

        await ben.SayAsync("Still here");
        await Expect(ann.ChatTexts).ToHaveTextAsync(["Still here"]);
        var cat = await OpenAsync();
        await cat.JoinAsync("Cat", "wrong");
        await cat.IsInLobbyAsync("That is not the password of this room.");
    }

    private static async Task<string[]> IdsAsync(RoomPage page) =>
        await page.Tiles.EvaluateAllAsync<string[]>("(tiles) => tiles.map((tile) => tile.dataset.clientId)");
}
