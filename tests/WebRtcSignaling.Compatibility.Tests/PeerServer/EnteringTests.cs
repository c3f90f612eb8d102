using WebRtcSignaling.Compatibility.Tests.EventDialects;

using System.Globalization;

namespace WebRtcSignaling.Compatibility.Tests.PeerServer;

/// <summary>Creating, joining and leaving, and why one may not.</summary>
internal sealed class EnteringTests : PeerServerFixture
{
    [Test]
    public async Task A_member_that_creates_or_joins_leaves_its_room_first()
    {
        string first = await CreateAsync(A);
        string second = await CreateAsync(B);
        await A.EmitAsync($"""["join","{second}",null]""");
        Assert.That(A.Take(), Is.EqualTo(new[] { $"""["left",{Room(first)}]""", $"""["joined",{Room(second)}]""", """["r_joined",{"id":"A"}]""" }));
        await B.EmitAsync("""["create","n",null]""");
        Assert.Multiple(() =>
        {
            Assert.That(
                B.Take().Select(heard => heard[2..heard.IndexOf("\",", StringComparison.Ordinal)]),
                Is.EqualTo(new[] { "call", "r_joined", "hangup", "left", "created" }));
            Assert.That(A.Take(), Is.EqualTo(new[] { """["r_left",{"id":"B"}]""" }));
            Assert.That(Server.Default.RoomCount, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task Joining_the_same_room_again_is_an_error()
    {
        string room = await CreateAsync(A);
        await A.EmitAsync($"""["join","{room}","wrong"]""");
        Assert.That(A.Take(), Is.EqualTo(new[] { """["join_alreadyin"]""" }));
    }

    [Test]
    public async Task A_join_that_fails_has_left_the_former_room()
    {
        string room = await CreateAsync(A, "null,\"secret\"");
        string other = await CreateAsync(B);
        await B.EmitAsync($"""["join","{room}",null]""");
        Assert.That(B.Take(), Is.EqualTo(new[] { $"""["left",{Room(other)}]""", """["join_wrongpass"]""" }));
    }

    [TestCase("1234", "\"1234\"")]
    [TestCase("\"1234\"", "1234")]
    [TestCase("\"\"", "null")]
    [TestCase("null", "\"anything\"")]
    [TestCase("true", "\"1\"")]
    public async Task Passwords_are_compared_as_text(string set, string given)
    {
        string room = await CreateAsync(A, $"null,{set}");
        await B.EmitAsync($"""["join","{room}",{given}]""");
        Assert.That(B.Take()[0], Is.EqualTo($"""["joined",{Room(room)}]"""));
    }

    [TestCase("{}")]
    [TestCase("[\"a\"]")]
    [TestCase("\"\\ud800\"")]
    public async Task A_password_of_another_form_opens_only_what_it_locked(string password)
    {
        string room = await CreateAsync(A, $"null,{password}");
        await B.EmitAsync($"""["join","{room}",null]""");
        await B.EmitAsync($"""["join","{room}",{password}]""");
        Heard(B, """["join_wrongpass"]""", $"""["joined",{Room(room)}]""", """["r_joined",{"id":"B"}]""");
    }

    [Test]
    public async Task A_room_ends_with_its_last_member_and_is_unknown_from_then_on()
    {
        string room = await CreateAsync(A);
        A.Vanish();
        await B.EmitAsync($"""["join","{room}",null]""");
        Heard(B);
        Assert.That(Server.Default.RoomCount, Is.Zero);
    }

    [Test]
    public async Task A_room_is_not_listed()
    {
        await CreateAsync(A, "\"n\",null");
        Assert.That(Server.Default.Rooms.Single().Settings.Hidden, Is.True);
    }

    [Test]
    public async Task A_long_password_opens_what_it_locked()
    {
        string password = new('p', 1_000);
        string room = await CreateAsync(A, $"null,\"{password}\"");
        await B.EmitAsync($"""["join","{room}","{password}x"]""");
        await B.EmitAsync($"""["join","{room}","{password}"]""");
        Assert.That(B.Take(), Is.EqualTo(new[] { """["join_wrongpass"]""", $"""["joined",{Room(room)}]""", """["r_joined",{"id":"B"}]""" }));
    }

    [Test]
    public async Task Too_many_wrong_passwords_are_wrong_passwords()
    {
        string room = await CreateAsync(A, "null,\"secret\"");
        for (int guess = 0; guess < 7; guess++)
        {
            await B.EmitAsync($"""["join","{room}","{guess.ToString(CultureInfo.InvariantCulture)}"]""");
        }

        Assert.That(B.Take(), Is.EqualTo(Enumerable.Repeat("""["join_wrongpass"]""", 7)));
    }

    [Test]
    public async Task A_full_room_takes_nobody_else()
    {
        string room = await CreateAsync(A);
        await JoinAsync(B, room);
        await JoinAsync(C, room);
        FakePeer last = NewClient("D");
        await last.EmitAsync($"""["join","{room}",null]""");
        Assert.That(last.Take(), Is.EqualTo(new[] { """["join_full"]""" }));
    }

    [TestCase("\"a room\"")]
    [TestCase("\"\"")]
    [TestCase("\"\\n\"")]
    [TestCase("7")]
    [TestCase("{\"a\":[]}")]
    [TestCase("\"a name of more than sixty-four characters, which the core would not take as a display name\"")]
    public async Task Any_name_comes_back_as_it_was_given(string name)
    {
        string room = await CreateAsync(A, $"{name},null");
        await B.EmitAsync($"""["join","{room}"]""");
        await A.EmitAsync("""["leave"]""");
        Assert.Multiple(() =>
        {
            Assert.That(B.Take()[0], Is.EqualTo($"""["joined",{Room(room, name)}]"""));
            Assert.That(A.Take().Last(), Is.EqualTo($"""["left",{Room(room, name)}]"""));
        });
    }
}
