namespace WebRtcSignaling.Samples.Tests.VideoRoom;

/// <summary>Two peers of the client's mesh in one page, with the test between them instead of a server.</summary>
internal sealed class NegotiationTests : ServerFixture
{
    /// <summary>Makes both peers, and carries what one sends to the other by the rule that a test gives.</summary>
    private const string Setting =
        """
        const { Peer } = await import('/peers/peer.js');
        const canvas = document.createElement('canvas');
        canvas.getContext('2d');
        const tracks = () => ({ audio: null, video: canvas.captureStream(5).getVideoTracks()[0] });
        const carry = { toAnn: (data) => ann.receive(data), toBen: (data) => ben.receive(data) };
        const copy = (data) => JSON.parse(JSON.stringify(data));
        const make = (polite, initiates, send) => new Peer({ clientId: 'x', polite, initiates, configuration: {}, tracks: tracks(), send });
        const state = (peer, wanted) => new Promise((resolve) => {
          const look = () => { if (peer.state === wanted) { peer.removeEventListener('state', look); resolve(); } };
          peer.addEventListener('state', look);
          look();
        });
        const stable = (peer) => new Promise((resolve) => {
          const look = () => { if (peer.connection.signalingState === 'stable') resolve(); };
          peer.connection.addEventListener('signalingstatechange', look);
          look();
        });
        let ann, ben;
        const meet = async (initiators) => {
          ann = make(true, initiators.includes('ann'), (data) => carry.toBen(copy(data)));
          ben = make(false, initiators.includes('ben'), (data) => carry.toAnn(copy(data)));
          await Promise.all([state(ann, 'connected'), state(ben, 'connected')]);
          await Promise.all([stable(ann), stable(ben)]);
          return [ann, ben].map(({ stream }) => stream.getVideoTracks().length);
        };
        """;

    [TestCase("'ann'")]
    [TestCase("'ben'")]
    public async Task One_offer_connects_both_ways(string initiator)
    {
        Assert.That(await RunAsync($"return meet([{initiator}]);"), Is.EqualTo(new[] { 1, 1 }));
    }

    [Test]
    public async Task Two_offers_at_once_connect_and_the_polite_one_gives_way()
    {
        var offers = await RunAsync(
            """
            const seen = { ann: 0, ben: 0 };
            const kept = carry.toAnn;
            carry.toBen = (data) => { if (data.description?.type === 'offer') seen.ann += 1; ben.receive(data); };
            carry.toAnn = (data) => { if (data.description?.type === 'offer') seen.ben += 1; kept(data); };
            await meet(['ann', 'ben']);
            return [Math.min(seen.ann, 1), seen.ben];
            """);
        Assert.That(offers, Is.EqualTo(new[] { 1, 1 }), "Both have offered, and the impolite one only once.");
    }

    [Test]
    public async Task A_first_offer_is_withdrawn_only_when_its_candidates_have_begun_to_come()
    {
        var order = await RunAsync(
            """
            // Withdrawn earlier, it stops Chromium from ever gathering: one pair in five never connected.
            const met = meet(['ann', 'ben']);
            let candidates = 0;
            let before;
            ann.connection.addEventListener('icecandidate', () => { candidates += 1; });
            ann.connection.addEventListener('signalingstatechange', () => {
              if (ann.connection.signalingState === 'have-remote-offer') before ??= candidates;
            });
            await met;
            return [Math.min(before, 1)];
            """);
        Assert.That(order, Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task Candidates_that_overtake_their_description_are_kept_for_it()
    {
        var early = await RunAsync(
            """
            // Each description waits until all candidates of its side have gone ahead; nothing comes after it.
            const early = { ann: 0, ben: 0 };
            const gathered = ({ connection }) => new Promise((resolve) => {
              const look = () => { if (connection.iceGatheringState === 'complete') resolve(); };
              connection.addEventListener('icegatheringstatechange', look);
              look();
            });
            carry.toBen = (data) => {
              if (data.description) gathered(ann).then(() => ben.receive(data)); else { early.ann += 1; ben.receive(data); }
            };
            carry.toAnn = (data) => {
              if (data.description) gathered(ben).then(() => ann.receive(data)); else { early.ben += 1; ann.receive(data); }
            };
            await meet(['ann']);
            return [Math.min(early.ann, 1), Math.min(early.ben, 1)];
            """);
        Assert.That(early, Is.EqualTo(new[] { 1, 1 }), "Both sides had candidates.");
    }

    [Test]
    public async Task Restarts_from_both_sides_at_once_end_in_one_agreement()
    {
        var result = await RunAsync(
            """
            await meet(['ann']);
            const fragment = ({ connection }) => /a=ice-ufrag:(\S+)/.exec(connection.localDescription.sdp)[1];
            const before = [fragment(ann), fragment(ben)];
            for (let round = 0; round < 5; round += 1) {
              const agreed = [ann, ben].map(({ connection }) => new Promise((resolve) => {
                const old = fragment({ connection });
                const look = () => {
                  if (connection.signalingState === 'stable' && fragment({ connection }) !== old) resolve();
                };
                connection.addEventListener('signalingstatechange', look);
              }));
              ann.restart();
              ben.restart();
              await Promise.all(agreed);
            }
            await Promise.all([state(ann, 'connected'), state(ben, 'connected')]);
            return [Number(fragment(ann) !== before[0]), Number(fragment(ben) !== before[1]), ann.connection.getTransceivers().length];
            """);
        Assert.That(result, Is.EqualTo(new[] { 1, 1, 2 }));
    }

    [Test]
    public async Task More_media_from_both_sides_at_once_is_agreed_on()
    {
        var lines = await RunAsync(
            """
            await meet(['ben']);
            const opened = ({ connection }) => new Promise((resolve) => {
              connection.ondatachannel = ({ channel }) => resolve(channel.label.length);
            });
            const both = Promise.all([opened(ann), opened(ben)]);
            ann.connection.createDataChannel('from ann');
            ben.connection.createDataChannel('from ben!');
            return both;
            """);
        Assert.That(lines, Is.EqualTo(new[] { 9, 8 }));
    }

    [Test]
    public async Task Signals_that_are_nonsense_do_not_stop_those_that_are_not()
    {
        var tracks = await RunAsync(
            """
            const nonsense = [null, 1, {}, { description: { type: 'offer', sdp: 'x' } }, { description: { type: 'rollback' } },
              { candidate: { candidate: 'x', sdpMid: '0' } }];
            const between = (peer) => (data) => { for (const one of nonsense) peer().receive(one); peer().receive(data); };
            carry.toAnn = between(() => ann);
            carry.toBen = between(() => ben);
            return meet(['ann']);
            """);
        Assert.That(tracks, Is.EqualTo(new[] { 1, 1 }));
    }

    private async Task<int[]> RunAsync(string script)
    {
        var page = await OpenAsync();
        var result = page.Page.EvaluateAsync<int[]>($"async () => {{ {Setting}\n{script} }}");
        var numbers = await result.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(page.Problems, Is.Empty);
        return numbers;
    }
}
