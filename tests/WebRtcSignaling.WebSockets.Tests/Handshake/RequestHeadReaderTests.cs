using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.WebSockets.Tests.Handshake;

public sealed class RequestHeadReaderTests
{
    private const string Line = "GET / HTTP/1.1";
    private const string Host = "Host: example.org\r\n";

    [Test]
    public void A_browsers_request_is_read_however_it_is_cut()
    {
        HeadTrace trace = HeadTrace.ReadEveryWay(
            "GET /signaling?application=tea HTTP/1.1\r\nHost: example.org:8080\r\nUpgrade:websocket\r\n"
            + "Connection: \t keep-alive, Upgrade \t\r\n"
            + "User-Agent: Mozilla/5.0 (X11; \tLinux)\r\nX-Empty:\r\nX-Colon: a:b\r\nX-Latin: caf\u00E9\r\n\r\n");

        Assert.Multiple(() =>
        {
            Assert.That(trace.Refusal, Is.Null);
            Assert.That(trace.Target, Is.EqualTo("/signaling?application=tea"));
            Assert.That(trace.Fields, Is.EqualTo(
                "Host=example.org:8080\nUpgrade=websocket\nConnection=keep-alive, Upgrade\n"
                + "User-Agent=Mozilla/5.0 (X11; \tLinux)\nX-Empty=\nX-Colon=a:b\nX-Latin=caf\u00E9"));
            Assert.That(trace.Left, Is.Zero);
        });
    }

    [Test]
    public void What_follows_the_head_is_left_alone()
    {
        HeadTrace trace = HeadTrace.ReadEveryWay($"GET / HTTP/1.1\r\n{Host}\r\n\u0081\u0085\r\n\r\n7");

        Assert.Multiple(() =>
        {
            Assert.That(trace.Target, Is.EqualTo("/"));
            Assert.That(trace.Left, Is.EqualTo(7));
        });
    }

    [Test]
    public void A_head_that_has_not_ended_is_waited_for(
        [Values("", "G", Line, Line + "\r", Line + "\r\n" + Host, Line + "\r\n" + Host + "\r")] string part)
    {
        HeadTrace trace = HeadTrace.ReadEveryWay(part);

        Assert.That((trace.Target, trace.Refusal), Is.EqualTo(((string?)null, (HandshakeRefusal?)null)));
    }

    [TestCase("get / HTTP/1.1", 405, TestName = "{m}(lower case method)")]
    [TestCase("POST / HTTP/1.1", 405)]
    [TestCase("HEAD / HTTP/1.1", 405)]
    [TestCase("OPTIONS * HTTP/1.1", 405)]
    [TestCase("CONNECT example.org:80 HTTP/1.1", 405)]
    [TestCase("GETT / HTTP/1.1", 405)]
    [TestCase("GET / HTTP/1.0", 505)]
    [TestCase("GET / HTTP/1.2", 505)]
    [TestCase("GET / HTTP/2.0", 505)]
    [TestCase("PRI * HTTP/2.0", 505)]
    [TestCase("GET / HTTP/1.", 400)]
    [TestCase("GET / HTTP/11", 400)]
    [TestCase("GET / HTTP/1.1.1", 400)]
    [TestCase("GET / http/1.1", 400)]
    [TestCase("GET / HTTP/1.\u0661", 400)]
    [TestCase("GET /", 400)]
    [TestCase("GET", 400)]
    [TestCase("", 400)]
    [TestCase("GET  / HTTP/1.1", 400)]
    [TestCase("GET / HTTP/1.1 ", 400)]
    [TestCase(" GET / HTTP/1.1", 400)]
    [TestCase("GET\t/\tHTTP/1.1", 400)]
    [TestCase("GET /a b HTTP/1.1", 400)]
    [TestCase("G@T / HTTP/1.1", 400)]
    [TestCase("GET http://example.org/ HTTP/1.1", 400)]
    [TestCase("GET * HTTP/1.1", 400)]
    [TestCase("GET signaling HTTP/1.1", 400)]
    [TestCase("GET /#part HTTP/1.1", 400)]
    [TestCase("GET /caf\u00E9 HTTP/1.1", 400)]
    [TestCase("GET /\t HTTP/1.1", 400)]
    public void A_request_line_that_is_no_GET_of_a_path_over_HTTP_1_1_is_refused(string line, int status)
    {
        HeadTrace trace = HeadTrace.ReadEveryWay($"{line}\r\n{Host}\r\n");

        Assert.That(trace.Refusal?.Status, Is.EqualTo(status));
    }

    [TestCase("/")]
    [TestCase("//")]
    [TestCase("/a/b;c=d/..")]
    [TestCase("/%41%zz")]
    [TestCase("/?")]
    [TestCase("/?a=|b[]{}^`\\\"<>")]
    [TestCase("/!$&'()*+,;=:@~-._")]
    public void Any_path_and_query_that_a_browser_may_send_are_taken(string target) =>
        Assert.That(HeadTrace.ReadEveryWay($"GET {target} HTTP/1.1\r\n{Host}\r\n").Target, Is.EqualTo(target));

    [TestCase("X-A : b", TestName = "{m}(blank before the colon)")]
    [TestCase("X-A\t: b", TestName = "{m}(tab before the colon)")]
    [TestCase(" folded", TestName = "{m}(obs-fold with a blank)")]
    [TestCase("\tfolded", TestName = "{m}(obs-fold with a tab)")]
    [TestCase(": b", TestName = "{m}(no name)")]
    [TestCase("X-A", TestName = "{m}(no colon)")]
    [TestCase("X A: b", TestName = "{m}(blank in the name)")]
    [TestCase("X(A): b", TestName = "{m}(separator in the name)")]
    [TestCase("X\u00C4: b", TestName = "{m}(name not in ASCII)")]
    [TestCase("X-A: \u0000b", TestName = "{m}(NUL in the value)")]
    [TestCase("X-A: b\u0001", TestName = "{m}(control character in the value)")]
    [TestCase("X-A: b\u001B[0m", TestName = "{m}(escape in the value)")]
    [TestCase("X-A: b\u007F", TestName = "{m}(DEL in the value)")]
    [TestCase("X-A: b\rX-B: c", TestName = "{m}(CR alone in the value)")]
    [TestCase("X-A: b\nX-B: c", TestName = "{m}(LF alone ends a line)")]
    [TestCase("X-A: b\r", TestName = "{m}(two CR before the LF)")]
    [TestCase("X\u0000A: b", TestName = "{m}(NUL in the name)")]
    public void A_malformed_field_is_refused(string field)
    {
        Assert.Multiple(() =>
        {
            HeadTrace first = HeadTrace.ReadEveryWay($"GET / HTTP/1.1\r\n{field}\r\n{Host}\r\n");
            HeadTrace last = HeadTrace.ReadEveryWay($"GET / HTTP/1.1\r\n{Host}{field}\r\n\r\n");
            Assert.That((first.Refusal?.Status, last.Refusal?.Status), Is.EqualTo((400, 400)));
        });
    }

    [Test]
    public void A_control_character_is_refused_at_once_not_at_the_end_of_the_line(
        [Values("\u0016\u0003\u0001", "GET /\u0000", "\n", "GET / HTTP/1.1\r\nHost\u0008")] string part) =>
        Assert.That(HeadTrace.ReadEveryWay(part).Refusal?.Status, Is.EqualTo(400));

    [TestCase("", TestName = "{m}(none)")]
    [TestCase("Host: a\r\nHost: b\r\n", TestName = "{m}(two)")]
    [TestCase("Host: a\r\nhost: a\r\n", TestName = "{m}(twice the same)")]
    [TestCase("Host:\r\n", TestName = "{m}(empty)")]
    [TestCase("Host: a, b\r\n", TestName = "{m}(a list)")]
    [TestCase("Host: http://a\r\n", TestName = "{m}(an address)")]
    [TestCase("Host: a/b\r\n", TestName = "{m}(a path)")]
    [TestCase("Host: user@a\r\n", TestName = "{m}(user information)")]
    [TestCase("Host: a:b\r\n", TestName = "{m}(a port that is no number)")]
    public void There_must_be_exactly_one_good_host(string hosts) =>
        Assert.That(HeadTrace.ReadEveryWay($"GET / HTTP/1.1\r\nX: y\r\n{hosts}\r\n").Refusal?.Status, Is.EqualTo(400));

    [TestCase("Content-Length: 1")]
    [TestCase("Content-Length: 00")]
    [TestCase("Content-Length: -0")]
    [TestCase("Content-Length: 0, 0")]
    [TestCase("Content-Length:")]
    [TestCase("Content-Length: 0\r\nContent-Length: 5")]
    [TestCase("Transfer-Encoding: chunked")]
    [TestCase("transfer-encoding: identity")]
    [TestCase("Transfer-Encoding:")]
    public void A_body_is_refused(string fields) =>
        Assert.That(HeadTrace.ReadEveryWay($"GET / HTTP/1.1\r\n{Host}{fields}\r\n\r\n").Refusal?.Status, Is.EqualTo(400));

    [Test]
    public void A_body_of_no_bytes_is_none() =>
        Assert.That(HeadTrace.ReadEveryWay($"GET / HTTP/1.1\r\n{Host}Content-Length: 0\r\n\r\n").Target, Is.EqualTo("/"));

    [Test]
    public void Only_the_answer_to_a_HEAD_is_without_a_body() => Assert.Multiple(() =>
    {
        Assert.That(HeadTrace.Read($"HEAD / HTTP/1.1\r\n{Host}\r\n").WithoutBody, Is.True);
        Assert.That(HeadTrace.Read($"POST / HTTP/1.1\r\n{Host}\r\n").WithoutBody, Is.False);
    });

    [Test]
    public void A_head_of_exactly_the_most_bytes_is_read_and_one_byte_more_is_refused()
    {
        string head = $"GET /{new string('a', 30)} HTTP/1.1\r\n{Host}X: {new string('b', 30)}\r\n\r\n";

        Assert.Multiple(() =>
        {
            Assert.That(HeadTrace.ReadEveryWay(head + "more", maxBytes: head.Length).Target, Is.Not.Null);
            Assert.That(HeadTrace.ReadEveryWay(head + "more", maxBytes: head.Length - 1).Refusal?.Status, Is.EqualTo(431));
        });
    }

    [Test]
    public void A_line_that_does_not_end_is_refused_as_soon_as_it_is_too_long(
        [Values("GET /", "")] string start, [Values("a", "\r\n")] string following)
    {
        string line = start + new string('a', 64 - start.Length);

        Assert.Multiple(() =>
        {
            Assert.That(HeadTrace.ReadEveryWay(line[..^1], maxBytes: 64).Refusal, Is.Null);
            Assert.That(HeadTrace.ReadEveryWay(line, maxBytes: 64).Refusal?.Status, Is.EqualTo(414));
            Assert.That(HeadTrace.ReadEveryWay(line + following, maxBytes: 64).Refusal?.Status, Is.EqualTo(414));
            Assert.That(HeadTrace.ReadEveryWay($"GET / HTTP/1.1\r\n{line}{following}", maxBytes: 80).Refusal?.Status, Is.EqualTo(431));
        });
    }

    [Test]
    public void The_most_fields_are_read_and_one_more_is_refused()
    {
        string fields = string.Concat(Enumerable.Range(0, 9).Select(static i => $"X-{i}: {i}\r\n"));

        Assert.Multiple(() =>
        {
            HeadTrace most = HeadTrace.ReadEveryWay($"GET / HTTP/1.1\r\n{Host}{fields}\r\n", maxFields: 10);
            HeadTrace more = HeadTrace.ReadEveryWay($"GET / HTTP/1.1\r\n{Host}{fields}Y: z\r\n\r\n", maxFields: 10);
            Assert.That((most.Target, more.Refusal?.Status), Is.EqualTo(("/", 431)));
        });
    }
}
