using System.Text;
using System.Text.Json.Nodes;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary><c>data</c> reaches the other side byte for byte, whatever JSON it is.</summary>
public sealed class DataRelayTests
{
    private static readonly string[] _data =
    [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-0.0e-0",
        "1e400",
        "-1E+400",
        "123456789012345678901234567890.000000000000000000000000000001",
        "\"\"",
        "\"plain\"",
        "\"é 日本語 😀 \uFEFF\u2028\u2029\u007f\"",
        "\"\\u0000\\u001f\\u00e9\\ud83d\\ude00\\b\\f\\n\\r\\t\\/\\\\\\\"\"",
        "\"half \\ud83d and \\udc00\"",
        "\"</script><!--&amp;+'\"",
        "{}",
        "[]",
        "{ }",
        "[\t\r\n ]",
        "{  \"a\" :\t1 ,\r\n\"b\":[ 1 , 2\n] }",
        "{\"a\":1,\"a\":2,\"a\":{\"a\":3,\"a\":4}}",
        "{\"\":{\"\":\"\"}}",
        "{\"type\":\"signal-send\",\"senderId\":\"forged\",\"room\":\"x\",\"id\":1}",
        "{\"\\u0074ype\":1,\"__proto__\":{},\"\\ud83d\":2}",
        "{\"sdp\":\"v=0\\r\\no=- 1 1 IN IP4 0.0.0.0\\r\\n\"}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "[1,\"two\",null,{\"three\":3},[4],true]",
    ];

    private static readonly string[] _requests =
    [
        """{"type":"signal-send","room":"r","targetId":"$ben","data":$data}""",
        """{"type":"signal-send","data":$data,"room":"r","targetId":"$ben"}""",
        """{"data" :   $data  , "type":"signal-send","room":"r","targetId":"$ben"  }""",
        """{"type":"message-send","room":"r","data":$data}""",
        """{"type":"message-send","room":"r","targetId":"$ben","data": $data }""",
        """{"type":"call-start","room":"r","targetId":"$ben","data":$data}""",
    ];

    [Test]
    public async Task Data_is_relayed_byte_for_byte(
        [ValueSource(nameof(_requests))] string request, [ValueSource(nameof(_data))] string data)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();

        await room.Ann.SendAsync(room.Fill(request).Replace("$data", data, StringComparison.Ordinal));

        Assert.That(await room.Ben.ReceiveAsync(), Does.EndWith($",\"data\":{data}}}"));
    }

    [TestCaseSource(nameof(_data))]
    public async Task Data_in_a_call_is_relayed_byte_for_byte(string data)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        JsonObject started = await room.AnnAsksAsync("""{"type":"call-start","id":1,"room":"r","targetId":"$ben"}""");
        string call = (string)started["callId"]!;
        await room.Ben.ReceiveJsonAsync("call-started");
        await room.Ben.AskAsync($$"""{"type":"call-accept","id":1,"callId":"{{call}}"}""");

        foreach (string type in (string[])["call-offer", "call-candidate"])
        {
            await room.Ann.SendAsync($$"""{"type":"{{type}}","callId":"{{call}}","data":{{data}}}""");
            Assert.That(await room.Ben.ReceiveAsync(), Does.StartWith($$"""{"type":"{{type}}",""").And.EndWith($",\"data\":{data}}}"));
        }
    }

    [Test]
    public async Task Fields_are_shown_byte_for_byte([Values("room", "member", "session")] string scope, [ValueSource(nameof(_data))] string data)
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        string fields = $$"""{"first":1,"f":{{data}}}""";

        await room.Ann.SendAsync($$"""{"type":"field-set","room":"r","scope":"{{scope}}","fields":{{fields}}}""");

        string expected = data == "null" ? """{"first":1}""" : $$"""{"f":{{data}},"first":1}""";
        Assert.That(await room.Ben.ReceiveAsync(), Does.EndWith($",\"fields\":{expected}}}"));
    }

    [Test]
    public async Task Data_of_every_length_around_the_edges_of_frames_arrives_whole()
    {
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        foreach (int length in (int[])[0, 1, 20, 30, 40, 50, 100, 125, 126, 127, 4_000, 16_384, 60_000, 65_300])
        {
            string data = $"\"{new string('x', length)}\"";
            await room.Ann.SendAsync(room.Fill($$"""{"type":"signal-send","room":"r","targetId":"$ben","data":{{data}}}"""));
            Assert.That(await room.Ben.ReceiveAsync(), Does.EndWith($",\"data\":{data}}}"));
        }
    }

    [Test]
    public async Task Random_data_is_relayed_byte_for_byte()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        await using RoomOfTwo room = await RoomOfTwo.CreateAsync();
        for (int i = 0; i < 500; i++)
        {
            var text = new StringBuilder();
            AppendAny(text, random, depth: 0);
            await room.Ann.SendAsync(room.Fill($$"""{"type":"signal-send","room":"r","targetId":"$ben","data":{{text}}}"""));
            Assert.That(await room.Ben.ReceiveAsync(), Does.EndWith($",\"data\":{text}}}"), $"seed {seed}");
        }
    }

    private static void AppendAny(StringBuilder text, Random random, int depth)
    {
        string space = random.Next(4) == 0 ? " \t\r\n"[random.Next(4)..] : "";
        switch (random.Next(depth > 8 ? 4 : 6))
        {
            case 0:
                text.Append(random.NextInt64()).Append(random.Next(2) == 0 ? "" : ".5e-999");
                break;
            case 1:
                text.Append(new[] { "null", "true", "false" }[random.Next(3)]);
                break;
            case 2 or 3:
                text.Append('"').Append(new[] { "", "a", "é", "😀", "\\u0000", "\\\"", "\\ud83d" }[random.Next(7)]).Append('"');
                break;
            case 4:
                text.Append('[').Append(space);
                for (int i = random.Next(4); i >= 0; i--)
                {
                    AppendAny(text, random, depth + 1);
                    text.Append(space).Append(i == 0 ? "" : ",");
                }

                text.Append(']');
                break;
            default:
                text.Append('{');
                for (int i = random.Next(4); i >= 0; i--)
                {
                    text.Append("\"k\"").Append(space).Append(':');
                    AppendAny(text, random, depth + 1);
                    text.Append(i == 0 ? "" : ",").Append(space);
                }

                text.Append('}');
                break;
        }
    }
}
