using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Core.Tests.Applications;

public sealed class ChosenApplicationTests
{
    [TestCase(false, null, SignalingErrorCode.ApplicationNotExists)]
    [TestCase(false, false, SignalingErrorCode.ApplicationNotExists)]
    [TestCase(false, true, null)]
    [TestCase(true, null, null)]
    [TestCase(true, false, SignalingErrorCode.ApplicationNotExists)]
    public async Task A_request_may_say_whether_an_unknown_application_is_created(bool option, bool? wanted, string? refusal)
    {
        using var meeting = new Meeting(new() { AutoCreateApplications = option });
        var result = await meeting.Server.ConnectAsync(new SessionRequest { Application = "new", CreateApplication = wanted }, new Peer());
        Assert.That(result.Error?.Code, Is.EqualTo(refusal));
        Assert.That(meeting.Server.FindApplication("new") is null, Is.EqualTo(refusal is not null));
    }

    [Test]
    public async Task The_limit_of_applications_holds_for_those_too()
    {
        using var meeting = new Meeting(new() { MaxApplications = 1 });
        var result = await meeting.Server.ConnectAsync(new SessionRequest { Application = "new", CreateApplication = true }, new Peer());
        Assert.That(result.Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
    }

    [Test]
    public async Task An_application_has_fields_of_its_own()
    {
        using var meeting = new Meeting(new() { Sessions = { MaxFieldBytes = 4 }, Applications = { ["other"] = new() } });
        Peer ann = await meeting.ConnectAsync();
        Assert.That(meeting.Server.Default.SetFields(Fields.Set(("a", "1"), ("b", "2"))).IsSuccess, Is.True);
        Assert.That(meeting.Server.Default.SetFields(Fields.Set("c", "3")).Error?.Code, Is.EqualTo(SignalingErrorCode.LimitExceeded));
        Assert.That(meeting.Server.Default.SetFields(Fields.Set("a", null)).IsSuccess, Is.True);
        Assert.Multiple(() =>
        {
            Assert.That(Fields.Show(meeting.Server.FindApplication("default")!.Fields), Is.EqualTo("b=2"));
            Assert.That(meeting.Server.FindApplication("other")!.Fields, Is.Empty);
            Assert.That(ann.Take(), Is.Empty);
        });
    }
}
