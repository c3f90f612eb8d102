using System.Net;
using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.Samples.Tests.Classroom;

/// <summary>samples/WithAuthentication from outside: cookies for tickets, tickets for WebSockets, and what teachers and students may do.</summary>
internal sealed class ClassroomTests
{
    private SignalingServerProcess _server = null!;
    private string _room = "";
    private int _rooms;

    [OneTimeSetUp]
    public async Task StartServerAsync() => _server = await SignalingServerProcess.StartAsync(sample: "WithAuthentication");

    [OneTimeTearDown]
    public async Task EndServerAsync() => await _server.DisposeAsync();

    [SetUp]
    public void ChooseRoom() => _room = $"room {++_rooms}";

    [Test]
    public async Task Who_is_not_signed_in_gets_neither_a_ticket_nor_a_session()
    {
        using var nobody = new SignedInUser(_server.Address);
        Assert.That((await nobody.GetTicketAsync()).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(await nobody.AskWhoAsync(), Is.Null);

        // A ticket may still come with hello, and does not.
        Assert.That(await nobody.OpenAsync(ticket: null), Is.EqualTo(HttpStatusCode.SwitchingProtocols));
        var answer = await nobody.AskAsync("""{"type":"hello","username":"Ben"}""");
        Assert.That((string?)answer["code"], Is.EqualTo("invalid-ticket"));
        Assert.That(await nobody.ReceiveCloseAsync(), Is.EqualTo(1008));
    }

    [Test]
    public async Task Who_is_signed_in_is_told_its_name_and_role()
    {
        using var ash = new SignedInUser(_server.Address);
        await ash.SignInAsync("Ms Ash", "chalk");
        var me = await ash.AskWhoAsync();
        Assert.That(((string?)me?["name"], (string?)me?["role"]), Is.EqualTo(("Ms Ash", "teacher")));
    }

    [Test]
    public async Task A_ticket_lets_its_owner_in_once()
    {
        using var ben = new SignedInUser(_server.Address);
        await ben.SignInAsync("Ben", "apple");
        var (_, ticket) = await ben.GetTicketAsync();
        Assert.That(await ben.OpenAsync(ticket), Is.EqualTo(HttpStatusCode.SwitchingProtocols));
        using var eve = new SignedInUser(_server.Address);
        Assert.That(await eve.OpenAsync(ticket), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Nobody_goes_by_another_name()
    {
        using var ben = new SignedInUser(_server.Address);
        await ben.SignInAsync("Ben", "apple");
        await ben.OpenAsync((await ben.GetTicketAsync()).Ticket);
        var answer = await ben.AskAsync("""{"type":"hello","username":"Ms Ash"}""");
        Assert.That((string?)answer["code"], Is.EqualTo("not-permitted"));
        Assert.That(await ben.ReceiveCloseAsync(), Is.EqualTo(1008));
    }

    [Test]
    public async Task Teachers_open_rooms_and_students_do_not()
    {
        using var ash = await SignedInUser.EnterAsync(_server.Address, "Ms Ash", "chalk");
        using var ben = await SignedInUser.EnterAsync(_server.Address, "Ben", "apple");
        string create = $$"""{"type":"room-create","room":"{{_room}}"}""";
        var refused = await ben.AskAsync(create);
        var byJoining = await ben.AskAsync($$"""{"type":"room-join","room":"{{_room}}","create":true}""");
        var created = await ash.AskAsync(create);
        Assert.Multiple(() =>
        {
            Assert.That(((string?)refused["code"], (string?)refused["message"]), Is.EqualTo(("not-permitted", "Only teachers may do that.")));
            Assert.That((string?)byJoining["code"], Is.EqualTo("not-permitted"));
            Assert.That((string?)created["type"], Is.EqualTo("room-created"));
        });
    }

    [Test]
    public async Task Teachers_keep_order_and_students_do_not()
    {
        using var ash = await SignedInUser.EnterAsync(_server.Address, "Ms Ash", "chalk");
        using var ben = await SignedInUser.EnterAsync(_server.Address, "Ben", "apple");
        using var cat = await SignedInUser.EnterAsync(_server.Address, "Cat", "pear");
        await ash.AskAsync($$"""{"type":"room-create","room":"{{_room}}"}""");
        foreach (var student in (SignedInUser[])[ben, cat])
        {
            var joined = await student.AskAsync($$"""{"type":"room-join","room":"{{_room}}"}""");
            Assert.That(((string?)joined["type"], (string?)joined["role"]), Is.EqualTo(("room-joined", "member")));
            Assert.That((string?)(await ash.ReceiveAsync())["type"], Is.EqualTo("client-joined"));
        }

        Assert.That((string?)(await ben.ReceiveAsync())["username"], Is.EqualTo("Cat"));
        foreach (string request in (string[])["room-kick", "room-ban", "room-update", "room-close", "role-set"])
        {
            var answer = await ben.AskAsync(
                $$"""{"type":"{{request}}","room":"{{_room}}"{{(request is "room-update" or "room-close" ? "" : $",\"targetId\":\"{cat.ClientId}\"")}}{{(request == "role-set" ? ",\"role\":\"moderator\"" : "")}}}""");
            Assert.That((string?)answer["code"], Is.EqualTo("not-permitted"), request);
        }

        var kicked = await ash.AskAsync($$"""{"type":"room-kick","room":"{{_room}}","targetId":"{{cat.ClientId}}"}""");
        Assert.That((string?)kicked["reason"], Is.EqualTo("kicked"));
        Assert.That((string?)(await cat.ReceiveAsync())["type"], Is.EqualTo("room-left"));
        var locked = await ash.AskAsync($$"""{"type":"room-update","room":"{{_room}}","locked":true}""");
        Assert.That((string?)locked["type"], Is.EqualTo("room-updated"));
        var shut = await cat.AskAsync($$"""{"type":"room-join","room":"{{_room}}"}""");
        Assert.That((string?)shut["code"], Is.EqualTo("room-locked"));
    }

    [Test]
    public async Task Wrong_passwords_let_nobody_in_and_guessing_is_slowed_down()
    {
        await using var server = await SignalingServerProcess.StartAsync(sample: "WithAuthentication");
        using var eve = new SignedInUser(server.Address);
        var statuses = new List<HttpStatusCode>();
        for (var guess = 0; guess < 11; guess++)
        {
            statuses.Add(await eve.SignInAsync(guess % 2 == 0 ? "Ms Ash" : "Nobody", "guess " + guess));
        }

        Assert.Multiple(() =>
        {
            Assert.That(statuses[..10], Is.All.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(statuses[10], Is.EqualTo(HttpStatusCode.TooManyRequests));
        });
        Assert.That((await eve.GetTicketAsync()).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [TestCase("{}")]
    [TestCase("""{"name":null,"password":null}""")]
    [TestCase("""{"name":"Ben"}""")]
    [TestCase("""{"name":"","password":""}""")]
    public async Task A_sign_in_that_says_too_little_is_refused(string json)
    {
        await using var server = await SignalingServerProcess.StartAsync(sample: "WithAuthentication");
        using var http = new HttpClient();
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(server.Address, "sign-in"), body);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public void Its_code_is_less_than_100_lines()
    {
        var folder = Path.Combine(Repository.Root, "samples", "WithAuthentication");
        Assert.That(Directory.GetFiles(folder, "*.cs").Sum(file => File.ReadAllLines(file).Length), Is.InRange(10, 99));
    }
}
