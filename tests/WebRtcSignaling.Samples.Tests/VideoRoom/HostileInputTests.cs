using static Microsoft.Playwright.Assertions;

namespace WebRtcSignaling.Samples.Tests.VideoRoom;

internal sealed class HostileInputTests : ServerFixture
{
    private const string Attack = "<img src=x onerror='window.hacked=1'>";

    [Test]
    public async Task Markup_in_names_rooms_and_chat_is_shown_as_text_and_executes_nothing()
    {
        var ann = await OpenAsync();
        await ann.Page.FillAsync("#room", Attack);
        await ann.JoinAsync("Ann");
        await ann.IsInRoomAsync();
        var eve = await OpenAsync();
        await eve.Page.FillAsync("#room", Attack);
        await eve.JoinAsync(Attack);
        await Expect(ann.TileOf(Attack)).ToBeVisibleAsync();
        await Expect(ann.Page.Locator("#room-name")).ToHaveTextAsync(Attack);

        await eve.SayAsync(Attack);
        await eve.SayAsync("<script>window.hacked=1</script>");
        await Expect(ann.ChatTexts).ToHaveTextAsync([Attack, "<script>window.hacked=1</script>"]);
        await ann.ActAsync(Attack, "hand-over");
        await Expect(ann.Page.GetByTestId("notice").GetByText(Attack)).ToBeVisibleAsync();

        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await ann.Page.Locator("img, body script").CountAsync(), Is.Zero);
            Assert.That(await ann.Page.EvaluateAsync<bool>("() => 'hacked' in window"), Is.False);
            Assert.That(ann.Problems.Concat(eve.Problems), Is.Empty);
        });
    }

    [Test]
    public async Task A_script_that_got_in_all_the_same_would_be_stopped_by_the_content_policy()
    {
        var ann = await JoinAsync("Ann");
        await ann.Page.EvaluateAsync(
            """
            () => {
              const script = document.createElement('script');
              script.textContent = 'window.hacked = 1';
              document.body.append(script);
            }
            """);
        Assert.That(await ann.Page.EvaluateAsync<bool>("() => 'hacked' in window"), Is.False);
        Assert.That(ann.Problems, Has.Some.Contains("Content Security Policy"));
    }

    [Test]
    public async Task Messages_and_signals_that_are_none_change_nothing()
    {
        var ann = await JoinAsync("Ann");
        var ben = await JoinAsync("Ben");
        await ann.SeesVideoOfOthersAsync(1);

        await ben.Page.EvaluateAsync(
            """
            async (room) => {
              const { SignalingClient } = await import('/signaling.js');
              const client = new SignalingClient();
              await client.connect('signaling', { username: 'Eve' });
              const { clients } = await client.joinRoom(room);
              const garbage = [null, 7, 'text', [], {}, { text: 7 }, { text: { toString: 1 } }, { text: '  ' },
                { description: 7 }, { description: { type: 'offer', sdp: 'nonsense' } },
                { description: { type: 'answer', sdp: 'v=0\r\n' } }, { description: { type: 'rollback' } },
                { candidate: 7 }, { candidate: { candidate: 'nonsense' } }, { candidate: { usernameFragment: 'none' } }];
              for (const data of garbage) {
                await client.sendMessage({ room }, data);
                for (const target of clients) await client.sendSignal(room, target, data);
              }
              await client.sendMessage({ room }, { text: 'The end' });
              await client.leaveRoom(room);
              client.close();
            }
            """,
            Room);

        await Expect(ann.Page.Locator("#chat-log .line-note").Last).ToHaveTextAsync("Eve has left");
        await Expect(ann.ChatTexts).ToHaveTextAsync(["The end"]);
        await ann.SeesVideoOfOthersAsync(1);
        Assert.That(ann.Problems.Concat(ben.Problems), Is.Empty);
    }
}
