namespace WebRtcSignaling.Compatibility.Tests.PeerServer;

/// <summary>Ownership, kick, ban and unban as the original's document means them.</summary>
internal sealed class ModerationTests : PeerServerFixture
{
    [Test]
    public async Task A_kicked_member_hears_it_and_leaves_for_good()
    {
        string room = await CreateAsync(A);
        string call = await JoinAsync(B, room);
        await A.EmitAsync("""["kick","B"]""");
        await A.EmitAsync("""["message","after"]""");
        Assert.Multiple(() =>
        {
            Assert.That(A.Take(), Is.EqualTo(new[] { $"""["hangup","{call}"]""", """["r_kicked",{"id":"B"}]""", """["r_message",{"id":"A"},"after"]""" }));
            Assert.That(B.Take(), Is.EqualTo(new[] { $"""["kicked",{Room(room)}]""" }));
        });
        await A.EmitAsync("""["kick","B"]""");
        Assert.That(A.Take(), Is.EqualTo(new[] { """["kick_notin"]""" }));
        await B.EmitAsync($"""["join","{room}",null]""");
        Assert.That(B.Take()[0], Is.EqualTo($"""["joined",{Room(room)}]"""));
    }

    [Test]
    public async Task A_banned_member_hears_it_and_stays_out_until_unbanned()
    {
        string room = await CreateAsync(A);
        string call = await JoinAsync(B, room);
        await A.EmitAsync("""["ban","B"]""");
        Assert.Multiple(() =>
        {
            Assert.That(A.Take(), Is.EqualTo(new[] { $"""["hangup","{call}"]""", """["r_banned",{"id":"B"}]""" }));
            Assert.That(B.Take(), Is.EqualTo(new[] { $"""["banned",{Room(room)}]""" }));
        });
        await B.EmitAsync($"""["join","{room}",null]""");
        await A.EmitAsync("""["ban","B"]""");
        await A.EmitAsync("""["unban","B"]""");
        await A.EmitAsync("""["unban","B"]""");
        Assert.Multiple(() =>
        {
            Assert.That(A.Take(), Is.EqualTo(new[] { """["ban_already"]""", """["r_unbanned",{"id":"B"}]""", """["unban_notbanned"]""" }));
            Assert.That(B.Take(), Is.EqualTo(new[] { """["join_banned"]""", $"""["unbanned",{Room(room)}]""" }));
        });
        await B.EmitAsync($"""["join","{room}",null]""");
        Assert.That(B.Take()[0], Is.EqualTo($"""["joined",{Room(room)}]"""));
    }

    [Test]
    public async Task One_outside_hears_each_ban_once()
    {
        string room = await CreateAsync(A);
        string other = await CreateAsync(B);
        await A.EmitAsync("""["ban","B"]""");
        await A.EmitAsync("""["unban","B"]""");
        await A.EmitAsync("""["ban","B"]""");
        Assert.Multiple(() =>
        {
            Assert.That(A.Take(), Is.EqualTo(new[] { """["r_banned",{"id":"B"}]""", """["r_unbanned",{"id":"B"}]""", """["r_banned",{"id":"B"}]""" }));
            Assert.That(B.Take(), Is.EqualTo(new[] { $"""["banned",{Room(room)}]""", $"""["unbanned",{Room(room)}]""", $"""["banned",{Room(room)}]""" }));
        });
        await B.EmitAsync("""["leave"]""");
        Assert.That(B.Take(), Is.EqualTo(new[] { $"""["left",{Room(other)}]""" }));
    }

    [Test]
    public async Task Only_the_owner_may_kick_ban_and_unban()
    {
        string room = await CreateAsync(A);
        await JoinAsync(B, room);
        foreach (string name in (string[])["kick", "ban", "unban"])
        {
            await B.EmitAsync($"""["{name}","A"]""");
            await B.EmitAsync($"""["{name}","B"]""");
        }

        string[] expected = ["kick", "kick", "ban", "ban", "unban", "unban"];
        Assert.That(B.Take(), Is.EqualTo(expected.Select(name => $"""["{name}_noprivileges"]""")));
        Assert.That(A.Take(), Is.Empty);
    }

    [Test]
    public async Task The_oldest_member_silently_inherits_the_room()
    {
        string room = await CreateAsync(A);
        await JoinAsync(B, room);
        await JoinAsync(C, room);
        A.Vanish();
        Assert.That(B.Take().Last(), Is.EqualTo("""["r_left",{"id":"A"}]"""));
        await C.EmitAsync("""["kick","B"]""");
        Assert.That(C.Take().Last(), Is.EqualTo("""["kick_noprivileges"]"""));
        await B.EmitAsync("""["kick","C"]""");
        Assert.That(C.Take(), Is.EqualTo(new[] { $"""["kicked",{Room(room)}]""" }));
    }
}
