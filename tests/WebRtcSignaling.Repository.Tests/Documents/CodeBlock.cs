namespace WebRtcSignaling.Repository.Tests.Documents;

/// <summary>A fenced block.</summary>
/// <param name="Document">The document's path.</param>
/// <param name="Line">The number of its first line of code.</param>
/// <param name="Language">What stands behind the fence.</param>
/// <param name="Text">Its lines, without the indentation of the fence.</param>
public sealed record CodeBlock(string Document, int Line, string Language, string Text)
{
    /// <summary>What <c>&lt;!-- snippet: context --&gt;</c> in the line above says, if it is there.</summary>
    public string? Context { get; init; }

    public override string ToString() => $"{Document}({Line})";
}
