using System.Text.RegularExpressions;

namespace WebRtcSignaling.Testing.Connections;

/// <summary>
/// The numbers of the native messages that a client has received: takes them off each message, so that a test sees what the message says, and fails where one is
/// missing or comes twice.
/// </summary>
public sealed partial class ReceivedNumbers
{
    /// <summary>The number of the last message; a client that goes on with a session sets it to the one that it begins behind.</summary>
    public long Last { get; set; }

    /// <summary>Whether the messages keep their numbers.</summary>
    public bool AreShown { get; set; }

    /// <summary>The last of its own requests that the client knows to be taken.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>The message without its numbers.</summary>
    public string Take(string message)
    {
        Match numbered = Numbers().Match(message);
        if (!numbered.Success)
        {
            return message;
        }

        long number = long.Parse(numbered.Groups[1].ValueSpan, provider: null);
        if (number != Last + 1)
        {
            throw new InvalidOperationException($"Message {number} came after {Last}: {message}");
        }

        Last = number;
        if (numbered.Groups[2].Success)
        {
            Acknowledged = long.Parse(numbered.Groups[2].ValueSpan, provider: null);
        }

        return AreShown ? message : "{" + message[numbered.Length..];
    }

    [GeneratedRegex("^\\{\"seq\":([0-9]+),(?:\"ack\":([0-9]+),)?")]
    private static partial Regex Numbers();
}
