using System.Collections;
using System.Reflection;
using WebRtcSignaling.Applications;
using WebRtcSignaling.Core.Tests.Peers;
using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Signals;

namespace WebRtcSignaling.Core.Tests.Invariants;

/// <summary>
/// What is not asked for is not allowed, and a password is kept only as a salted hash. Throttled guesses are in <c>GuessThrottlingTests</c>, the log in
/// <c>SecretsTests</c>.
/// </summary>
public sealed class Invariant7SafeByDefaultTests
{
    private const string Password = "open sesame";

    [Test]
    public async Task With_default_options_nothing_passes_outside_of_rooms()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        string?[] answers =
        [
            await ann.SignalAsync(null, ben),
            (await ann.Session.SendMessageAsync(MessageDestination.ToSession(ben.Id), default)).Error?.Code,
            (await ann.Session.Groups.JoinAsync("g")).Error?.Code,
        ];
        Assert.That(answers, Is.All.EqualTo(SignalingErrorCode.NotPermitted));
        Assert.That((await meeting.TryConnectAsync(new Peer(), application: "new")).Error?.Code, Is.EqualTo(SignalingErrorCode.ApplicationNotExists));
    }

    [Test]
    public async Task A_room_s_password_is_nowhere_in_the_server()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync();
        await ann.CreateAsync("tea", new() { Password = Password, DisplayName = "found by the search" });
        await ben.JoinAsync("tea", Password);
        await ann.CreateAsync("milk");
        await ann.Session.Rooms.UpdateAsync(RoomId.Parse("milk"), new() { Password = Password });
        HashSet<string> texts = TextsIn(meeting.Server.Default);
        Assert.That(texts, Has.Member("found by the search"));
        Assert.That(texts, Has.None.EqualTo(Password));
    }

    [Test]
    public async Task An_account_is_shown_to_nobody()
    {
        using var meeting = new Meeting();
        Peer ann = await meeting.ConnectAsync(), ben = await meeting.ConnectAsync(account: "account-7");
        await ann.CreateAsync("tea");
        await ben.JoinAsync("tea");
        await ann.Session.Rooms.BanAsync(RoomId.Parse("tea"), new() { Target = ben.Id });
        IEnumerable<string> shown = ann.Take().SelectMany(heard => heard.GetType().GetProperties())
            .Concat(typeof(RoomMember).GetProperties(BindingFlags.Instance | BindingFlags.Public)).Select(property => property.Name);
        Assert.That(shown, Has.None.EqualTo("Identity"));
    }

    /// <summary>All strings that can be reached from the application through fields of the library's own types and of collections.</summary>
    private static HashSet<string> TextsIn(SignalingApplication application)
    {
        var texts = new HashSet<string>();
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var next = new Stack<object>([application]);
        while (next.TryPop(out object? one))
        {
            if (one is string text)
            {
                texts.Add(text);
            }
            else if (!one.GetType().IsPrimitive && one is not Type and not Delegate && seen.Add(one))
            {
                IEnumerable<object?> parts = one is IEnumerable many
                    ? many.Cast<object?>()
                    : FieldsOf(one.GetType()).Select(field => field.FieldType.IsPointer || field.FieldType.IsByRefLike ? null : field.GetValue(one));
                foreach (object part in parts.OfType<object>())
                {
                    next.Push(part);
                }
            }
        }

        return texts;
    }

    private static FieldInfo[] FieldsOf(Type type) => type.FullName?.StartsWith("System.Threading", StringComparison.Ordinal) == true
        ? []
        : type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
}
