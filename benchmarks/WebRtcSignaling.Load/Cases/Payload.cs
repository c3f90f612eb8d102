using System.Text;

namespace WebRtcSignaling.Load.Cases;

/// <summary>The JSON of a signal: short ones look like a candidate, long ones like an SDP, line ends written as escapes.</summary>
internal static class Payload
{
    /// <summary>The shortest that can be made.</summary>
    public const int MinBytes = 64;

    private const int LongBytes = 1_000;
    private const string CandidateStart = """{"candidate":{"sdpMid":"0","sdpMLineIndex":0,"candidate":" """;
    private const string CandidateLine = "candidate:842163049 1 udp 1677729535 192.0.2.7 46154 typ srflx raddr 10.0.0.7 rport 46154 generation 0 ufrag 4ZcD ";
    private const string CandidateEnd = "\"}}";
    private const string DescriptionStart = """{"description":{"type":"offer","sdp":" """;
    private const string DescriptionLine = """a=fmtp:111 minptime=10;useinbandfec=1\r\na=rtcp-fb:96 transport-cc\r\na=ssrc:3570614608 cname:4TOk42mSjXCkVIa6\r\n""";

    /// <summary>Data of exactly so many bytes, all ASCII, and of a form that every JSON library writes as it read it.</summary>
    public static string Make(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, MinBytes);
        (string start, string line) = bytes < LongBytes ? (CandidateStart, CandidateLine) : (DescriptionStart, DescriptionLine);
        var text = new StringBuilder(start.TrimEnd(), bytes);
        int room = bytes - CandidateEnd.Length;
        while (text.Length + line.Length <= room)
        {
            text.Append(line);
        }

        return text.Append('0', room - text.Length).Append(CandidateEnd).ToString();
    }
}
