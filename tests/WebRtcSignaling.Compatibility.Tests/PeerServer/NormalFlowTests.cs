namespace WebRtcSignaling.Compatibility.Tests.PeerServer;

/// <summary>What two clients of PHPPeerServer hear from the first event to the last.</summary>
internal sealed class NormalFlowTests : PeerServerFixture
{
    private const string Sdp = """{"sdp":"v=0\r\n…","type":"offer"}""";
    private const string Candidate = """{"candidate":"candidate:1","sdpMid":"0","sdpMLineIndex":0,"usernameFragment":"é"}""";

    [Test]
    public async Task The_whole_normal_flow_is_that_of_the_original()
    {
        string room = await CreateByDemoAsync();
        await B.EmitAsync($"""["join","{room}",null]""");
        string[] told = A.Take();
        string call = CallIn(told[0]);
        Assert.Multiple(() =>
        {
            Assert.That(told, Is.EqualTo(new[] { $"""["call","{call}"]""", """["r_joined",{"id":"B"}]""" }));
            Assert.That(B.Take(), Is.EqualTo(new[] { $"""["joined",{Room(room)}]""", """["r_joined",{"id":"B"}]""" }));
            Assert.That(call, Does.Match("^[A-Za-z0-9_-]+$"));
        });

        await A.EmitAsync($"""["offer","{call}",{Sdp}]""");
        await A.EmitAsync($"""["candidate","{call}",{Candidate}]""");
        Assert.That(B.Take(), Is.EqualTo(new[] { $"""["offer","{call}",{Sdp}]""", $"""["candidate","{call}",{Candidate}]""" }));
        await B.EmitAsync($"""["answer","{call}",{Sdp}]""");
        await B.EmitAsync($"""["candidate","{call}",{Candidate}]""");
        Assert.That(A.Take(), Is.EqualTo(new[] { $"""["answer","{call}",{Sdp}]""", $"""["candidate","{call}",{Candidate}]""" }));

        await A.EmitAsync("""["message","hi"]""");
        await A.EmitAsync("""["toggle","video"]""");
        string[] both = ["""["r_message",{"id":"A"},"hi"]""", """["r_resource",{"id":"A"},{"video":true,"microphone":false,"audio":false}]"""];
        Assert.Multiple(() =>
        {
            Assert.That(A.Take(), Is.EqualTo(both));
            Assert.That(B.Take(), Is.EqualTo(both));
        });

        await B.EmitAsync("""["leave"]""");
        Assert.Multiple(() =>
        {
            Assert.That(A.Take(), Is.EqualTo(new[] { $"""["hangup","{call}"]""", """["r_left",{"id":"B"}]""" }));
            Assert.That(B.Take(), Is.EqualTo(new[] { $"""["hangup","{call}"]""", $"""["left",{Room(room)}]""" }));
        });
    }

    [Test]
    public async Task A_lost_client_is_heard_like_one_that_leaves()
    {
        string room = await CreateAsync(A);
        string call = await JoinAsync(B, room);
        B.Vanish();
        Assert.Multiple(() =>
        {
            Assert.That(A.Take(), Is.EqualTo(new[] { $"""["hangup","{call}"]""", """["r_left",{"id":"B"}]""" }));
            Assert.That(B.Take(), Is.Empty);
            Assert.That(B.Closed?.Reason, Is.EqualTo(Sessions.SessionCloseReason.ConnectionLost));
        });
    }

    [Test]
    public async Task A_party_that_never_got_the_offer_hears_no_hangup()
    {
        string room = await CreateAsync(A);
        await JoinAsync(B, room);
        await B.EmitAsync("""["leave"]""");
        Assert.That(B.Take(), Is.EqualTo(new[] { $"""["left",{Room(room)}]""" }));
    }

    [Test]
    public async Task Every_older_member_offers_to_the_newcomer()
    {
        string room = await CreateAsync(A);
        await JoinAsync(B, room);
        await C.EmitAsync($"""["join","{room}",null]""");
        string[] a = A.Take(), b = B.Take();
        (string ofA, string ofB) = (CallIn(a[0]), CallIn(b[0]));
        Assert.Multiple(() =>
        {
            Assert.That(ofA, Is.Not.EqualTo(ofB));
            Assert.That(a, Is.EqualTo(new[] { $"""["call","{ofA}"]""", """["r_joined",{"id":"C"}]""" }));
            Assert.That(b, Is.EqualTo(new[] { $"""["call","{ofB}"]""", """["r_joined",{"id":"C"}]""" }));
            Assert.That(C.Take(), Is.EqualTo(new[] { $"""["joined",{Room(room)}]""", """["r_joined",{"id":"C"}]""" }));
        });
    }

    [Test]
    public async Task Only_the_older_member_offers_and_only_the_newcomer_answers()
    {
        string call = await JoinAsync(B, await CreateAsync(A));
        await B.EmitAsync($"""["offer","{call}",{Sdp}]""");
        await A.EmitAsync($"""["answer","{call}",{Sdp}]""");
        await C.EmitAsync($"""["candidate","{call}",{Candidate}]""");
        Assert.That(A.Take().Concat(B.Take()).Concat(C.Take()), Is.Empty);
        await B.EmitAsync($"""["answer","{call}",{Sdp}]""");
        Assert.That(A.Take(), Is.EqualTo(new[] { $"""["answer","{call}",{Sdp}]""" }));
    }

    [Test]
    public async Task Flags_belong_to_the_client_and_change_silently_outside_a_room()
    {
        await A.EmitAsync("""["toggle","audio"]""");
        Heard(A);
        await CreateAsync(A);
        foreach (string resource in (string[])["microphone", "audio", "screen", "screen"])
        {
            await A.EmitAsync($"""["toggle","{resource}"]""");
        }

        Heard(
            A,
            """["r_resource",{"id":"A"},{"video":false,"microphone":true,"audio":true}]""",
            """["r_resource",{"id":"A"},{"video":false,"microphone":true,"audio":false}]""",
            """["r_resource",{"id":"A"},{"video":false,"microphone":true,"audio":false,"screen":true}]""",
            """["r_resource",{"id":"A"},{"video":false,"microphone":true,"audio":false}]""");
    }

    [Test]
    public async Task Each_pair_of_a_full_room_negotiates_by_itself_and_hears_only_its_own()
    {
        string room = await CreateAsync(A);
        string ab = await JoinAsync(B, room);
        string ac = await JoinAsync(C, room);
        await A.EmitAsync($"""["offer","{ab}",{Sdp}]""");
        await A.EmitAsync($"""["offer","{ac}",{Sdp}]""");
        await C.EmitAsync($"""["answer","{ac}",{Sdp}]""");
        Heard(A, $"""["answer","{ac}",{Sdp}]""");
        Heard(B, $"""["offer","{ab}",{Sdp}]""");
        Heard(C, $"""["offer","{ac}",{Sdp}]""");
        A.Vanish();
        Heard(B, $"""["hangup","{ab}"]""", """["r_left",{"id":"A"}]""");
        Heard(C, $"""["hangup","{ac}"]""", """["r_left",{"id":"A"}]""");
    }

    /// <summary>Creates a room as peer-client's demo does, which then always joins null.</summary>
    private async Task<string> CreateByDemoAsync()
    {
        await A.EmitAsync("""["create",null,null]""");
        await A.EmitAsync("""["join",null,null]""");
        string heard = A.Take().Single();
        Assert.That(heard, Does.Match("""^\["created",\{"name":null,"id":"[0-9a-f]{64}"\}\]$"""));
        return heard[^67..^3];
    }
}
