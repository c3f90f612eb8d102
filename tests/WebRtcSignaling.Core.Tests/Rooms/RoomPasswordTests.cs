using System.Reflection;
using WebRtcSignaling.Rooms;

namespace WebRtcSignaling.Core.Tests.Rooms;

public sealed class RoomPasswordTests
{
    [TestCase("open sesame", "open sesame", true)]
    [TestCase("open sesame", "open sesame ", false)]
    [TestCase("open sesame", "Open sesame", false)]
    [TestCase("open sesame", "open", false)]
    [TestCase("open sesame", "", false)]
    [TestCase("open sesame", null, false)]
    [TestCase("пароль 🔑", "пароль 🔑", true)]
    public void Only_the_same_password_is_right(string password, string? guess, bool expected) =>
        Assert.That(RoomPassword.Hash(password).Verify(guess), Is.EqualTo(expected));

    [TestCase(null)]
    [TestCase("")]
    public void No_password_has_no_hash(string? password) => Assert.That(RoomPassword.HashAny(password), Is.Null);

    [Test]
    public void Equal_passwords_have_different_salts_and_hashes_and_none_is_the_password()
    {
        byte[][] parts = [.. Parts(RoomPassword.Hash("sugar")), .. Parts(RoomPassword.Hash("sugar"))];
        Assert.Multiple(() =>
        {
            Assert.That(parts.Select(Convert.ToHexString).Distinct().Count(), Is.EqualTo(4));
            Assert.That(parts.Select(part => part.Length), Is.EquivalentTo([16, 32, 16, 32]));
            Assert.That(parts.Select(System.Text.Encoding.UTF8.GetString), Has.None.Contains("sugar"));
        });
    }

    private static IEnumerable<byte[]> Parts(RoomPassword password) => typeof(RoomPassword)
        .GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Select(field => (byte[])field.GetValue(password)!);
}
