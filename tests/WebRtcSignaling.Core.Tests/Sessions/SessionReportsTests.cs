using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;

namespace WebRtcSignaling.Core.Tests.Sessions;

public sealed class SessionReportsTests
{
    [Test]
    public async Task The_host_app_reads_what_a_client_reports_and_nobody_else_hears_of_it()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        ann.Take();
        ben.Take();
        Assert.That(ann.Session.Reports.Set(Fields.Set(("camera", "1"), ("language", "2"))).IsSuccess, Is.True);
        Assert.That(ann.Session.Reports.Set(Fields.Set(("camera", null), ("speaker", "3"))).IsSuccess, Is.True);
        Assert.Multiple(() =>
        {
            Assert.That(Fields.Show(meeting.Server.Default.FindSession(ann.Id)!.Reports.Fields), Is.EqualTo("language=2,speaker=3"));
            Assert.That(ann.Session.Profile.Fields, Is.Empty);
            Assert.That(ann.Take().Concat(ben.Take()), Is.Empty);
        });
    }

    [Test]
    public async Task Past_the_limit_all_stays_as_it_was()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxReportBytes = 10 } });
        Peer ann = await meeting.ConnectAsync();
        Assert.That(ann.Session.Reports.Set(Fields.Set("a", "123456789")).IsSuccess, Is.True);
        Assert.That(ann.Session.Reports.Set(Fields.Set("b", "")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That(ann.Session.Reports.Set(Fields.Set(new string('n', 33), "")).Error?.Code, Is.EqualTo(SignalingErrorCode.InvalidArgument));
        Assert.That(Fields.Show(ann.Session.Reports.Fields), Is.EqualTo("a=123456789"));
    }

    [Test]
    public async Task So_many_names_are_reported_and_no_more()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxFields = 1 } });
        Peer ann = await meeting.ConnectAsync();
        Assert.That(ann.Session.Reports.Set(Fields.Set("a", "1")).Error, Is.Null);
        Assert.That(ann.Session.Reports.Set(Fields.Set("b", "1")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
    }

    [Test]
    public async Task A_session_that_has_ended_reports_nothing()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync();
        ann.Session.Dispose();
        Assert.That(ann.Session.Reports.Set(Fields.Set("a", "1")).Error?.Code, Is.EqualTo(SignalingErrorCode.SessionClosed));
    }
}
