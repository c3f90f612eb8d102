using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace WebRtcSignaling.Repository.Tests.Architecture;

/// <summary>Core, WebSockets, AspNetCore: arrows never turn back, and each layer knows only what it may. Looks at what the compiler has really used.</summary>
public sealed class AssemblyReferenceTests
{
    /// <summary>System.Net.Primitives has addresses as data, no sockets: ICE servers' URIs are checked with them.</summary>
    [Test]
    public void Core_knows_no_transport_and_no_json() =>
        Assert.That(
            ReferencesOf("WebRtcSignaling.Core").Where(name => !name.StartsWith("System", StringComparison.Ordinal)
                || name == "System.Text.Json" || name.StartsWith("System.IO.Pipelines", StringComparison.Ordinal)
                || (name.StartsWith("System.Net", StringComparison.Ordinal) && name != "System.Net.Primitives")),
            Is.SubsetOf(new[] { "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions" }));

    [Test]
    public void WebSockets_knows_core_and_the_platform_without_asp_net() =>
        Assert.That(
            ReferencesOf("WebRtcSignaling.WebSockets").Where(name => !name.StartsWith("System", StringComparison.Ordinal)),
            Is.SubsetOf(new[] { "WebRtcSignaling.Core", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions" }));

    [Test]
    public void WebSockets_uses_no_json_that_needs_reflection() =>
        Assert.That(TypesUsedBy("WebRtcSignaling.WebSockets"), Has.None.EqualTo("System.Text.Json.JsonSerializer"));

    [Test]
    public void WebSockets_does_its_own_framing() =>
        Assert.That(ReferencesOf("WebRtcSignaling.WebSockets"), Has.None.StartsWith("System.Net.WebSockets"));

    [Test]
    public void AspNetCore_knows_the_layers_below_and_the_framework() =>
        Assert.That(
            ReferencesOf("WebRtcSignaling.AspNetCore").Where(name =>
                !name.StartsWith("System", StringComparison.Ordinal)
                && !name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                && !name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)),
            Is.SubsetOf(new[] { "WebRtcSignaling.Core", "WebRtcSignaling.WebSockets", "Microsoft.Net.Http.Headers" }));

    [Test]
    public void No_library_knows_a_test_or_a_package_of_somebody_else() =>
        Assert.That(
            Libraries.Names.SelectMany(ReferencesOf).Distinct().Where(name =>
                !name.StartsWith("System", StringComparison.Ordinal) && !name.StartsWith("Microsoft.", StringComparison.Ordinal)),
            Is.SubsetOf(Libraries.Names));

    [Test]
    public void The_references_of_a_library_can_be_seen() =>
        Assert.That(ReferencesOf("WebRtcSignaling.WebSockets"), Has.Some.EqualTo("WebRtcSignaling.Core").And.Some.EqualTo("System.Runtime"));

    [Test]
    public void The_types_that_a_library_uses_can_be_seen() =>
        Assert.That(TypesUsedBy("WebRtcSignaling.WebSockets"), Has.Some.EqualTo("System.Text.Json.Utf8JsonReader"));

    private static string[] ReferencesOf(string library) =>
        Read(library, metadata => metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)));

    private static string[] TypesUsedBy(string library) => Read(library, metadata => metadata.TypeReferences.Select(handle =>
    {
        TypeReference type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }));

    private static string[] Read(string library, Func<MetadataReader, IEnumerable<string>> select)
    {
        using FileStream file = File.OpenRead(Libraries.AssemblyPath(library));
        using var image = new PEReader(file);
        return [.. select(image.GetMetadataReader()).Order(StringComparer.Ordinal)];
    }
}
