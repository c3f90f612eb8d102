using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace WebRtcSignaling.AspNetCore.Tests.Apps;

/// <summary>
/// The keys by which an app protects what its authentication hands out. Otherwise they would be in the home folder of whoever runs the tests, and the first app that makes
/// them there, on a new machine, says so in its log.
/// </summary>
internal sealed class KeysInMemory : IXmlRepository
{
    private readonly ConcurrentQueue<XElement> _keys = new();

    public IReadOnlyCollection<XElement> GetAllElements() => [.. _keys];

    public void StoreElement(XElement element, string friendlyName) => _keys.Enqueue(element);
}
