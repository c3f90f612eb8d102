using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WebRtcSignaling.Samples.Tests.VideoRoom;

internal sealed class RoomTests : ServerFixture
{
    [Test]
    public async Task What_is_said_is_read_by_everybody_in_one_order()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        await Expect(ann.TileOf("Ben")).ToBeVisibleAsync();

        await ann.SayAsync("How are you?");
        await Expect(ben.ChatTexts).ToHaveTextAsync(["How are you?"]);
        await ben.SayAsync("Fine.");
        await ben.SayAsync("And you?");

        string[] lines = ["How are you?", "Fine.", "And you?"];
        await Expect(ann.ChatTexts).ToHaveTextAsync(lines);
        await Expect(ben.ChatTexts).ToHaveTextAsync(lines);
        await Expect(ann.Page.GetByTestId("chat-line").Nth(1)).ToContainTextAsync("Ben");
    }

    [Test]
    public async Task Lines_that_come_while_the_chat_is_closed_are_counted()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        await Expect(ben.Page.Locator("#chat")).ToBeHiddenAsync();

        await ann.SayAsync("Hello?");
        await ann.SayAsync("Ben?");
        await Expect(ben.Page.Locator("#chat-unread")).ToHaveTextAsync("2");
        await Expect(ben.Page.Locator("#toggle-chat")).ToHaveAttributeAsync("aria-label", "Chat, 2 new");
        await ben.Page.ClickAsync("#toggle-chat");
        await Expect(ben.Page.Locator("#chat-unread")).ToBeHiddenAsync();
    }

    [Test]
    public async Task The_room_is_in_the_address_and_the_link_can_be_copied()
    {
        var page = await OpenAsync();
        await page.Page.FillAsync("#room", "Tea & cake = 100%");
        await page.JoinAsync("Ann");
        await page.IsInRoomAsync();
        await page.Page.ClickAsync("#copy-link");
        await Expect(page.Page.GetByTestId("notice")).ToContainTextAsync("The link is copied.");

        var link = await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        Assert.That(link, Is.EqualTo(page.Page.Url));
        var other = await OpenAsync();
        await other.Page.GotoAsync(link);
        await other.Page.ReloadAsync();
        await Expect(other.Page.Locator("#room")).ToHaveValueAsync("Tea & cake = 100%");
        await other.JoinAsync("Ben");
        await Expect(page.TileOf("Ben")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_wrong_password_is_told_in_words_and_the_right_one_opens()
    {
        var ann = await JoinAsync("Ann", "open sesame");
        await Expect(ann.Page.Locator("#with-password")).ToBeVisibleAsync();
        var ben = await OpenAsync();

        await ben.JoinAsync("Ben", "please");
        await ben.IsInLobbyAsync("That is not the password of this room.");
        await ben.JoinAsync("Ben");
        await ben.IsInLobbyAsync("That is not the password of this room.");
        await Expect(ann.RemoteTiles).ToHaveCountAsync(0);

        await ben.JoinAsync("Ben", "open sesame");
        await ben.IsInRoomAsync();
        await Expect(ann.TileOf("Ben")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_locked_room_lets_nobody_in_until_it_is_unlocked()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        await Expect(ben.Lock).ToBeHiddenAsync();
        await ann.Lock.ClickAsync();
        await Expect(ann.Page.Locator("#locked")).ToBeVisibleAsync();
        await Expect(ben.Page.Locator("#locked")).ToBeVisibleAsync();

        var cat = await OpenAsync();
        await cat.JoinAsync("Cat");
        await cat.IsInLobbyAsync("This room is locked. Ask somebody inside to unlock it.");

        await ann.Lock.ClickAsync();
        await Expect(ben.Page.Locator("#locked")).ToBeHiddenAsync();
        await cat.JoinAsync("Cat");
        await cat.IsInRoomAsync();
    }

    [Test]
    public async Task Somebody_who_is_removed_is_out_and_may_come_back()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        var cat = await JoinAsync("Cat");
        await ann.ActAsync("Ben", "remove");

        await ben.IsInLobbyAsync("You were removed from the room.");
        await Expect(ann.TileOf("Ben")).ToHaveCountAsync(0);
        await Expect(cat.TileOf("Ben")).ToHaveCountAsync(0);
        await cat.SeesVideoOfOthersAsync(1);

        await ben.JoinAsync("Ben");
        await ben.SeesVideoOfOthersAsync(2);
    }

    [Test]
    public async Task Somebody_who_is_banned_is_out_and_stays_out_until_the_ban_is_undone()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        await ann.ActAsync("Ben", "ban");

        await ben.IsInLobbyAsync("You were banned from the room.");
        await Expect(ann.TileOf("Ben")).ToHaveCountAsync(0);
        await ben.JoinAsync("Ben");
        await ben.IsInLobbyAsync("You are banned from this room.");
        await ben.Page.ReloadAsync();
        await ben.JoinAsync("Ben");
        await ben.IsInLobbyAsync("You are banned from this room.");

        await ann.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Undo" }).ClickAsync();
        await ben.JoinAsync("Ben");
        await ben.IsInRoomAsync();
        await Expect(ann.TileOf("Ben")).ToBeVisibleAsync();
    }

    [Test]
    public async Task When_the_owner_leaves_the_oldest_member_gets_crown_and_powers()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        var cat = await JoinAsync("Cat");
        await Expect(cat.Badge("Ann", "crown")).ToBeVisibleAsync();
        await Expect(cat.Badge("Ben", "crown")).ToBeHiddenAsync();
        await Expect(ben.TileOf("Cat").Locator(".tile-more")).ToBeHiddenAsync();

        await ann.Page.ClickAsync("#leave");
        await Expect(cat.Badge("Ben", "crown")).ToBeVisibleAsync();
        await Expect(ben.Badge("Ben", "crown")).ToBeVisibleAsync();
        await Expect(ben.Page.GetByTestId("notice").GetByText("You own this room now.")).ToBeVisibleAsync();
        await Expect(ben.Lock).ToBeVisibleAsync();

        await ben.ActAsync("Cat", "remove");
        await cat.IsInLobbyAsync("You were removed from the room.");
    }

    [Test]
    public async Task The_owner_can_hand_the_room_over()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        await ann.ActAsync("Ben", "hand-over");

        await Expect(ann.Badge("Ben", "crown")).ToBeVisibleAsync();
        await Expect(ann.Badge("Ann", "crown")).ToBeHiddenAsync();
        await Expect(ben.Badge("Ben", "crown")).ToBeVisibleAsync();
        await Expect(ann.TileOf("Ben").Locator(".tile-more")).ToBeHiddenAsync();
        await Expect(ben.TileOf("Ann").Locator(".tile-more")).ToBeVisibleAsync();
    }

    [Test]
    public async Task A_window_that_is_closed_leaves_no_ghost()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        await ann.SeesVideoOfOthersAsync(1);
        await ben.DisposeAsync();
        await Expect(ann.RemoteTiles).ToHaveCountAsync(0);
        await Expect(ann.Page.Locator("#alone")).ToBeVisibleAsync();
    }
}
