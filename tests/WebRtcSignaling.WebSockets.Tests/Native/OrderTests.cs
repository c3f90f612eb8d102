using System.Text.Json.Nodes;
using WebRtcSignaling.Testing;
using WebRtcSignaling.Testing.Connections;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>What a client hears stands in one order: its answers in their place among the events, and nothing from a room before its own room-joined.</summary>
public sealed class OrderTests
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(60);

    [Test]
    public async Task Answers_stand_in_order_with_events()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        foreach (string request in (string[])
        [
            """{"type":"message-send","id":1,"room":"r","data":1,"echo":true}""",
            """{"type":"resource-toggle","id":2,"resource":"audio"}""",
            """{"type":"ping","id":3}""",
            """{"type":"room-update","id":4,"room":"r","locked":true}""",
            """{"type":"room-leave","id":5,"room":"r"}""",
            """{"type":"room-leave","id":6,"room":"r"}""",
            """{"type":"room-create","id":7,"room":"s"}""",
        ])
        {
            await room.Ann.SendAsync(request);
        }

        var heard = new List<string>();
        while (heard.Count < 10)
        {
            JsonObject message = await room.Ann.ReceiveJsonAsync();
            heard.Add($"{message["type"]} {message["id"]}".TrimEnd());
        }

        Assert.That(heard, Is.EqualTo((string[])
        [
            "message-receive", "ok 1", "resource-toggled", "ok 2", "pong 3", "room-updated", "ok 4", "room-left 5", "not-in-room 6", "room-created 7",
        ]));
    }

    [Test]
    public async Task What_one_client_sends_another_arrives_in_order_and_complete()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        const int Count = 2_000;
        Task sending = Task.Run(async () =>
        {
            for (int i = 0; i < Count; i++)
            {
                string type = i % 2 == 0 ? "signal-send" : "message-send";
                await room.Ann.SendAsync(room.Fill($$"""{"type":"{{type}}","room":"r","targetId":"$ben","data":{{i}}}"""));
            }
        });

        for (int i = 0; i < Count; i++)
        {
            Assert.That((int)(await room.Ben.ReceiveJsonAsync())["data"]!, Is.EqualTo(i));
        }

        await sending.WaitAsync(_bound);
    }

    [Test]
    public async Task A_newcomer_hears_nothing_of_a_room_before_its_own_room_joined_and_everything_after_it()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync(new MemoryServer(Floods.Allowing(), new() { Rates = Floods.Rates }));
        using var stop = new CancellationTokenSource();

        // Ben shouts all the time; Ann greets whoever joins, at once.
        int shouted = 0;
        Task shouting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await room.Ben.SendAsync($$"""{"type":"message-send","room":"r","data":{{shouted}}}""");
                shouted++;
                await room.Ben.CatchUpAsync();
            }
        });
        Task greeting = Task.Run(async () =>
        {
            while (await room.Ann.ReceiveJsonAsync() is var message && (string?)message["type"] != "pong")
            {
                if ((string?)message["type"] == "client-joined")
                {
                    await room.Ann.SendAsync($$"""{"type":"signal-send","room":"r","targetId":"{{message["clientId"]}}","data":"hi"}""");
                }
            }
        });

        for (int i = 0; i < 100; i++)
        {
            (WireClient cat, _) = await room.Server.ConnectAsync();
            await cat.SendAsync("""{"type":"room-join","room":"r"}""");
            Assert.That((string?)(await cat.ReceiveJsonAsync())["type"], Is.EqualTo("room-joined"), "the first that is heard");
            int? last = null;
            bool isGreeted = false;
            while (!isGreeted || last is null)
            {
                JsonObject next = await cat.ReceiveJsonAsync();
                if ((string?)next["type"] == "message-receive")
                {
                    Assert.That((int)next["data"]!, Is.EqualTo(last + 1 ?? (int)next["data"]!), "no message is left out");
                    last = (int)next["data"]!;
                }
                else
                {
                    isGreeted = (string?)next["type"] == "signal-receive";
                }
            }

            await cat.SendAsync("""{"type":"room-leave","room":"r"}""");
            await cat.ReceiveJsonAsync("room-left");
            Assert.That(await cat.CatchUpAsync(), Is.Empty, "nothing is heard of a room that was left");
            await cat.EndAsync();
        }

        await stop.CancelAsync();
        await shouting.WaitAsync(_bound);
        await room.Ann.SendAsync("""{"type":"ping"}""");
        await greeting.WaitAsync(_bound);
    }

    [Test]
    public async Task All_members_hear_the_messages_of_all_in_one_order()
    {
        const int Members = 6;
        const int Each = 150;
        await using var server = new MemoryServer();
        var members = new List<WireClient>();
        for (int i = 0; i < Members; i++)
        {
            (WireClient member, _) = await server.ConnectAsync();
            await member.SendAsync("""{"type":"room-join","room":"r","create":true}""");
            await member.ReceiveJsonAsync("room-joined");
            members.Add(member);
        }

        async Task<List<string>> ListenAsync(WireClient member)
        {
            var heard = new List<string>();
            while (heard.Count < Members * Each)
            {
                heard.Add((string)(await member.ReceiveJsonAsync("message-receive"))["data"]!);
            }

            return heard;
        }

        Task<List<string>>[] listening = [.. members.Select(member => Task.Run(() => ListenAsync(member)))];
        await Task.WhenAll(members.Select((member, index) => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                await member.SendAsync($$"""{"type":"message-send","room":"r","echo":true,"data":"{{index}}-{{i}}"}""");
            }
        }))).WaitAsync(_bound);

        List<string>[] all = await Task.WhenAll(listening).WaitAsync(_bound);
        Assert.That(all.Skip(1), Is.All.EqualTo(all[0]));
    }
}
