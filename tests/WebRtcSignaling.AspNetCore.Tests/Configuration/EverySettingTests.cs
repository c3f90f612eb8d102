using System.Collections;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using WebRtcSignaling.AspNetCore.Configuration;

namespace WebRtcSignaling.AspNetCore.Tests.Configuration;

/// <summary>Every setting there is can be given in the configuration: the code that reads it is generated, and would skip what it does not understand.</summary>
[TestFixture]
public sealed class EverySettingTests
{
    private static IEnumerable<string> Names => Leaves(new SignalingHostOptions(), "Signaling").Select(leaf => leaf.Name);

    [TestCaseSource(nameof(Names))]
    public void A_setting_can_be_configured(string name)
    {
        (string _, object? before, Type type) = Leaves(new SignalingHostOptions(), "Signaling").Single(leaf => leaf.Name == name);
        object other = Another(before, type);
        string text = Convert.ToString(other, CultureInfo.InvariantCulture)!;
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(name, (string?)text)]).Build();
        var options = new SignalingHostOptions();
        ((IConfigureOptions<SignalingHostOptions>)new ConfigurationSettings(configuration)).Configure(options);
        object? after = Leaves(options, "Signaling").Single(leaf => leaf.Name == name).Value;
        Assert.Multiple(() =>
        {
            Assert.That(after, Is.EqualTo(other));
            Assert.That(after, Is.Not.EqualTo(before));
        });
    }

    [Test]
    public void There_are_many_settings() => Assert.That(Names.Count(), Is.GreaterThan(40));

    private static object Another(object? value, Type type) => value switch
    {
        bool flag => !flag,
        int number => number + 1,
        long number => number + 1,
        TimeSpan time => time + TimeSpan.FromSeconds(1),
        Enum => Enum.GetValues(type).Cast<object>().First(other => !other.Equals(value)),
        _ => "another",
    };

    private static IEnumerable<(string Name, object? Value, Type Type)> Leaves(object options, string path)
    {
        foreach (PropertyInfo property in options.GetType().GetProperties())
        {
            object? value = property.GetValue(options);
            Type type = property.PropertyType;
            string name = $"{path}:{property.Name}";
            if (value is not null && type.Namespace!.StartsWith(nameof(WebRtcSignaling), StringComparison.Ordinal) && !type.IsEnum)
            {
                foreach (var leaf in Leaves(value, name))
                {
                    yield return leaf;
                }
            }
            else if (value is null or string or not IEnumerable)
            {
                yield return (name, value, type);
            }
        }
    }
}
