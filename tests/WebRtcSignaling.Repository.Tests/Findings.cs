namespace WebRtcSignaling.Repository.Tests;

/// <summary>Asserts that a rule is broken nowhere, and names every place where it is.</summary>
internal static class Findings
{
    public static void AssertNone(IEnumerable<string> findings, string rule)
    {
        string[] all = [.. findings];
        if (all.Length > 0)
        {
            Assert.Fail($"{rule}\n{string.Join('\n', all)}");
        }
    }
}
