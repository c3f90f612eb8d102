using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

/// <summary>A client that polls, with framings of its own, so that a mistake in those of the library cannot hide.</summary>
internal sealed class PollingClient(HttpClient http, int version, string moreQuery = "") : IDisposable
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    public string Sid { get; private set; } = "";

    public string Query => $"/socket.io/?EIO={version}&transport=polling{moreQuery}&sid={Sid}";

    /// <summary>The name and the secret that a browser would keep; <see langword="null"/> if there were none.</summary>
    public string? Cookie { get; private set; }

    public HttpClient Http => http;

    /// <summary>Sends the first request and reads the packets that answer it.</summary>
    public async Task<string[]> OpenAsync()
    {
        using HttpResponseMessage response = await http.GetAsync($"/socket.io/?EIO={version}&transport=polling{moreQuery}").WaitAsync(_bound);
        string[] packets = Parse(response, await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync());
        Cookie = response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? cookies.Single().Split(';')[0] : null;
        Sid = (string)JsonNode.Parse(packets[0][1..])!["sid"]!;
        return packets;
    }

    /// <summary>Polls; a refusal throws.</summary>
    public async Task<string[]> PollAsync(CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage response = await http.GetAsync(Query, cancellationToken).WaitAsync(_bound, CancellationToken.None);
        return Parse(response, await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(CancellationToken.None));
    }

    /// <summary>Polls until there are so many packets other than noops and pings.</summary>
    public async Task<List<string>> PollAsync(int count)
    {
        var packets = new List<string>();
        while (packets.Count < count)
        {
            packets.AddRange((await PollAsync()).Where(static packet => packet is not ("6" or "2")));
        }

        return packets;
    }

    /// <summary>Polls and says with which status and code it was refused: <c>400 1</c>.</summary>
    public async Task<string> RefusedPollAsync() => await Refusal.ReadAsync(await http.GetAsync(Query).WaitAsync(_bound));

    /// <summary>Sends packets in one POST.</summary>
    public Task<string> PostAsync(params string[] packets) => PostBodyAsync(version == 4
        ? string.Join('\x1e', packets)
        : string.Concat(packets.Select(static packet => $"{packet.Length}:{packet}")));

    public Task<string> PostBodyAsync(string body) => PostBodyAsync(new StringContent(body));

    /// <summary>Sends a body.</summary>
    /// <returns><c>ok</c>, or the status and code of the refusal.</returns>
    public async Task<string> PostBodyAsync(HttpContent body)
    {
        using HttpResponseMessage response = await http.PostAsync(Query, body).WaitAsync(_bound);
        return response.StatusCode == HttpStatusCode.OK ? await response.Content.ReadAsStringAsync() : await Refusal.ReadAsync(response);
    }

    public void Dispose() => http.Dispose();

    private string[] Parse(HttpResponseMessage response, byte[] body)
    {
        string contentType = response.Content.Headers.ContentType!.ToString();
        if (contentType == "application/octet-stream")
        {
            return [.. ParseBinary(body)];
        }

        Assert.That(contentType, Is.EqualTo("text/plain; charset=UTF-8"));
        string text = Encoding.UTF8.GetString(body);
        return version == 4 ? text.Split('\x1e') : [.. ParseText(text)];
    }

    private static IEnumerable<string> ParseText(string text)
    {
        while (text.Length > 0)
        {
            int colon = text.IndexOf(':', StringComparison.Ordinal);
            int length = int.Parse(text[..colon], NumberStyles.None, CultureInfo.InvariantCulture);
            yield return text.Substring(colon + 1, length);
            text = text[(colon + 1 + length)..];
        }
    }

    private static IEnumerable<string> ParseBinary(byte[] body)
    {
        for (int at = 0; at < body.Length;)
        {
            bool isText = body[at++] == 0;
            int length = 0;
            while (body[at] != 255)
            {
                length = (length * 10) + body[at++];
            }

            at++;
            yield return isText ? Encoding.UTF8.GetString(body, at, length) : "bytes:" + Convert.ToHexString(body, at, length);
            at += length;
        }
    }
}
