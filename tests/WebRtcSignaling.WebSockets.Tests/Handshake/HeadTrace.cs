using System.Text;
using WebRtcSignaling.Testing.Splits;
using WebRtcSignaling.WebSockets.Handshake;

namespace WebRtcSignaling.WebSockets.Tests.Handshake;

/// <summary>What a reader made of some bytes: a head, a refusal, or neither yet; and how many bytes it left for others.</summary>
internal sealed record HeadTrace(string? Target, string Fields, HandshakeRefusal? Refusal, bool WithoutBody, long Left)
{
    public const int DefaultMaxBytes = 8192;
    public const int DefaultMaxFields = 100;

    /// <summary>Reads the bytes whole.</summary>
    public static HeadTrace Read(string bytes, int maxBytes = DefaultMaxBytes, int maxFields = DefaultMaxFields) =>
        Read(InputSplits.Whole(Encoding.Latin1.GetBytes(bytes)), maxBytes, maxFields);

    /// <summary>Reads the bytes in every split, says so if the results differ, and gives the common one.</summary>
    public static HeadTrace ReadEveryWay(string text, int maxBytes = DefaultMaxBytes, int maxFields = DefaultMaxFields)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        HeadTrace whole = Read(InputSplits.Whole(bytes), maxBytes, maxFields);
        foreach (InputSplit split in InputSplits.All(bytes))
        {
            HeadTrace trace = Read(split, maxBytes, maxFields);
            if (trace != whole)
            {
                Assert.That(trace, Is.EqualTo(whole), $"fed {split}");
            }
        }

        return whole;
    }

    public static HeadTrace Read(InputSplit split, int maxBytes = DefaultMaxBytes, int maxFields = DefaultMaxFields)
    {
        var reader = new RequestHeadReader(maxBytes, maxFields);
        var status = RequestHeadStatus.NeedMore;
        long left = SplitFeeder.Feed(split, (ref unread) =>
        {
            RequestHeadStatus before = status;
            long length = unread.Length;
            status = reader.TryRead(ref unread);

            Assert.That(before == RequestHeadStatus.NeedMore || (status == before && unread.Length == length), "the end is not the end");
            Assert.That(status != RequestHeadStatus.NeedMore || unread.Length < maxBytes, "more is wanted than is allowed");
        });

        Assert.That(reader.Head is not null, Is.EqualTo(status == RequestHeadStatus.Complete));
        Assert.That(reader.Refusal is not null, Is.EqualTo(status == RequestHeadStatus.Refused));
        return new(
            reader.Head?.Target,
            string.Join('\n', reader.Head?.Fields.Select(static field => $"{field.Name}={field.Value}") ?? []),
            reader.Refusal,
            reader.AsksForNoBody,
            reader.Refusal is null ? left : 0);
    }
}
