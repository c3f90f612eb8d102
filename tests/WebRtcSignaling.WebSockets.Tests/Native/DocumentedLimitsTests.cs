using System.Globalization;
using System.Text.RegularExpressions;
using WebRtcSignaling.Limits;
using WebRtcSignaling.WebSockets.Tickets;

namespace WebRtcSignaling.WebSockets.Tests.Native;

/// <summary>The table "Limits" of docs/protocol.md says what the defaults of the options are.</summary>
public sealed partial class DocumentedLimitsTests
{
    private static readonly SignalingOptions _options = new();
    private static readonly WebSocketOptions _webSockets = new();
    private static readonly TicketOptions _tickets = new();

    private static readonly Dictionary<string, double[]> _defaults = new(StringComparer.Ordinal)
    {
        ["message"] = [_webSockets.MaxMessageBytes],
        ["empty fragments of a message"] = [WebSockets.Messages.MessageReader.MaxEmptyFragments],
        ["JSON depth"] = [WebSockets.Native.NativeRequest.MaxDepth],
        ["rooms per session"] = [_options.Sessions.MaxRooms],
        ["members per room"] = [_options.Rooms.MaxMembers],
        ["rooms per application"] = [_options.Rooms.MaxRooms],
        ["sessions"] = [_options.Sessions.MaxSessions],
        ["fields per scope"] = [_options.Rooms.MaxFields, _options.Rooms.MaxFieldBytes],
        ["groups per session"] = [_options.Sessions.MaxGroups],
        ["bans per room"] = [_options.Rooms.MaxBans],
        ["client-led calls per member"] = [_options.Calls.MaxCallsPerMember],
        ["ring time"] = [_options.Calls.RingTimeout.TotalSeconds],
        ["messages of a connection, and of a session"] = [_options.Sessions.Rates.MessageBurst, _options.Sessions.Rates.MessagesPerSecond],
        ["bytes of a connection, and of a session"] = [_options.Sessions.Rates.ByteBurst, _options.Sessions.Rates.BytesPerSecond],
        ["messages refused for that"] = [_options.Sessions.Rates.MaxRefusals, 1],
        ["joins and creates of a session"] = [_options.Sessions.JoinBurst, _options.Sessions.JoinInterval.TotalSeconds],
        ["passwords of rooms that sessions of an address set or say, right or wrong"] =
            [_options.Admission.PasswordHashBurstPerAddress, _options.Admission.PasswordHashesPerSecondPerAddress],
        ["failed authentications of an address"] =
            [_options.Admission.FailuresPerAddress, 1, _options.Admission.FailureIntervalPerAddress.TotalSeconds],
        ["connections of an address"] = [_options.Admission.MaxConnectionsPerAddress],
        ["rooms created from an address, at once"] = [_options.Admission.MaxRoomsPerAddress],
        ["suspended sessions of an address"] = [_options.Admission.MaxSuspendedPerAddress],
        ["time to come back"] = [_options.Sessions.ResumeTimeout.TotalSeconds],
        ["bytes kept for a client that has not acknowledged them"] = [_webSockets.ResumeBufferBytes],
        ["sessions of an account in an application"] = [_options.Sessions.MaxPerUser],
        ["requests of an address to message boxes"] =
            [_options.Admission.RequestBurstPerAddress, _options.Admission.RequestsPerSecondPerAddress],
        ["message boxes that an address has filled, and bytes in them"] =
            [_options.MessageBoxes.MaxBoxesPerAddress, _options.MessageBoxes.MaxBytesPerAddress],
        ["wrong passwords"] =
        [
            _options.Rooms.PasswordGuessesPerSession,
            1,
            _options.Rooms.PasswordGuessIntervalPerSession.TotalSeconds,
            _options.Rooms.PasswordGuessesPerAddress,
            1,
            _options.Rooms.PasswordGuessIntervalPerAddress.TotalSeconds,
            _options.Rooms.PasswordGuessesPerRoom,
            1,
            _options.Rooms.PasswordGuessIntervalPerRoom.TotalSeconds,
        ],
        ["ticket"] = [_tickets.Lifetime.TotalSeconds, 1],
        ["unused tickets"] = [_tickets.MaxPerUser, _tickets.MaxTickets],
        ["bytes waiting for one client"] = [_webSockets.MaxOutboxBytes],
        ["bytes of longer messages, waiting for all clients of an endpoint"] = [_webSockets.MaxLongMessageBytes],
        ["time without reading anything of what is sent"] = [_webSockets.WriteTimeout.TotalSeconds],
        ["being sent away"] = [_options.Drain.WaveSize, _options.Drain.WaveInterval.TotalMilliseconds, _options.Drain.Timeout.TotalSeconds],
        ["staying away after it"] = [_options.Drain.RetryAfter.TotalSeconds, 2 * _options.Drain.RetryAfter.TotalSeconds],
        ["ping"] = [_webSockets.PingInterval.TotalSeconds, _webSockets.PongTimeout.TotalSeconds],
    };

    public static IEnumerable<TestCaseData> Rows =>
        ProtocolDocument.Table("Limits").Select(row => new TestCaseData(row[0], row[1]).SetArgDisplayNames(row[0]));

    [TestCaseSource(nameof(Rows))]
    public void The_default_is_what_the_document_says(string limit, string shown) =>
        Assert.That(_defaults.GetValueOrDefault(limit), Is.EqualTo(Numbers(shown)));

    [Test]
    public void The_document_tells_all_of_them() =>
        Assert.That(ProtocolDocument.Table("Limits").Select(row => row[0]), Is.EquivalentTo(_defaults.Keys));

    [Test]
    public void Fields_have_the_same_limit_in_every_scope() =>
        Assert.That(
            (_options.Sessions.MaxFields, _options.Sessions.MaxFieldBytes), Is.EqualTo((_options.Rooms.MaxFields, _options.Rooms.MaxFieldBytes)));

    [Test]
    public void Connections_have_the_same_rates_as_sessions() => Assert.That(
        typeof(RateOptions).GetProperties().Select(rate => rate.GetValue(_webSockets.Rates)),
        Is.EqualTo(typeof(RateOptions).GetProperties().Select(rate => rate.GetValue(_options.Sessions.Rates))));

    /// <summary>The numbers of a cell; "one" is one, and a MiB is 1,048,576 bytes.</summary>
    private static double[] Numbers(string cell) =>
    [
        .. NumberPattern().Matches(cell).Select(match => match.Value is "one"
            ? 1
            : double.Parse(match.Groups["number"].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture)
                * (match.Groups["unit"].Value is "MiB" ? 1_048_576 : 1)),
    ];

    [GeneratedRegex(@"(?<number>[0-9][0-9,]*)(?: (?<unit>MiB|bytes|s))?|one")]
    private static partial Regex NumberPattern();
}
