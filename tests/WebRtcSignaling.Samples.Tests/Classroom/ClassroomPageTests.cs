using Microsoft.Playwright;
using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.Samples.Tests.Classroom;

/// <summary>The page of samples/WithAuthentication in a real browser.</summary>
internal sealed class ClassroomPageTests
{
    private readonly List<IBrowserContext> _contexts = [];
    private SignalingServerProcess _server = null!;

    [OneTimeSetUp]
    public async Task StartServerAsync() => _server = await SignalingServerProcess.StartAsync(sample: "WithAuthentication");

    [OneTimeTearDown]
    public async Task EndServerAsync()
    {
        foreach (var context in _contexts) await context.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task A_teacher_opens_a_room_talks_with_a_student_and_puts_it_out_and_both_come_back_after_a_restart()
    {
        var ash = await SignInAsync("Ms Ash", "chalk");
        var ben = await SignInAsync("Ben", "apple");
        await Assertions.Expect(Button(ben, "Join")).ToBeEnabledAsync();
        await Assertions.Expect(Button(ben, "Open")).ToBeHiddenAsync();
        await Button(ash, "Open").ClickAsync();
        await Assertions.Expect(ash.Locator("#members li")).ToHaveTextAsync(["Ms Ash"]);
        await Button(ben, "Join").ClickAsync();
        await Assertions.Expect(ash.Locator("#members li")).ToContainTextAsync(["Ms Ash", "Ben"]);

        await ben.GetByLabel("Say").FillAsync("Good morning <b>");
        await Button(ben, "Send").ClickAsync();
        await Assertions.Expect(ash.Locator("#chat li")).ToHaveTextAsync(["Ben: Good morning <b>"]);

        await Button(ash, "Put out").ClickAsync();
        await Assertions.Expect(ben.Locator("#notice")).ToContainTextAsync("kicked");
        await Assertions.Expect(ash.Locator("#members li")).ToHaveTextAsync(["Ms Ash"]);

        await _server.KillAsync();
        await Assertions.Expect(ash.Locator("#notice")).ToContainTextAsync("trying again");
        await _server.StartAgainAsync();

        // The cookie outlives the server, and is good for another ticket.
        await Assertions.Expect(ash.Locator("#notice")).ToHaveTextAsync("");
        await Button(ash, "Open").ClickAsync();
        await Assertions.Expect(ash.Locator("#members li")).ToHaveTextAsync(["Ms Ash"]);
    }

    [Test]
    public async Task Nothing_can_be_asked_of_the_room_before_the_connection_is_open()
    {
        var ticketMayCome = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var page = await NewPageAsync();
        await page.RouteAsync("**/signaling/tickets", async route =>
        {
            await ticketMayCome.Task;
            await route.ContinueAsync();
        });
        await SignInAsync(page, "Ms Ash", "chalk");
        await Assertions.Expect(page.Locator("#who")).ToHaveTextAsync("Ms Ash");
        foreach (string button in (string[])["Join", "Open", "Lock", "Send"])
        {
            await Assertions.Expect(Button(page, button)).ToBeDisabledAsync();
        }

        await Assertions.Expect(Button(page, "Sign out")).ToBeEnabledAsync();
        ticketMayCome.SetResult();
        await Assertions.Expect(Button(page, "Open")).ToBeEnabledAsync();
    }

    [Test]
    public async Task A_wrong_password_is_told_and_signing_out_ends_it()
    {
        var page = await SignInAsync("Ben", "wrong");
        await Assertions.Expect(page.Locator("#notice")).ToHaveTextAsync("That is not your password.");
        await page.GetByLabel("Password").FillAsync("apple");
        await Button(page, "Sign in").ClickAsync();
        await Assertions.Expect(page.Locator("#who")).ToHaveTextAsync("Ben");
        await Assertions.Expect(Button(page, "Sign in")).ToBeHiddenAsync();
        await Button(page, "Sign out").ClickAsync();
        await Assertions.Expect(Button(page, "Sign in")).ToBeVisibleAsync();
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private async Task<IPage> SignInAsync(string name, string password)
    {
        var page = await NewPageAsync();
        await SignInAsync(page, name, password);
        return page;
    }

    private async Task SignInAsync(IPage page, string name, string password)
    {
        await page.GotoAsync(_server.Address.ToString());
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(password);
        await Button(page, "Sign in").ClickAsync();
    }

    private async Task<IPage> NewPageAsync()
    {
        var context = await ChromiumBrowser.Current.NewContextAsync();
        _contexts.Add(context);
        return await context.NewPageAsync();
    }
}
