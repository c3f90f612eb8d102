using System.Globalization;

namespace WebRtcSignaling.Load.Soak;

/// <summary>What the probe inside of the server tells.</summary>
/// <param name="HeapBytes">The managed heap after a full collection.</param>
/// <param name="Sessions">Sessions that exist.</param>
/// <param name="Rooms">Rooms that exist.</param>
/// <param name="OutboxBytes">Bytes that wait for clients.</param>
/// <param name="Signals">Signals relayed since the start.</param>
internal sealed record ProbeReading(long HeapBytes, long Sessions, long Rooms, long OutboxBytes, long Signals)
{
    /// <summary>Whether nobody is there any more.</summary>
    public bool IsEmpty => Sessions == 0 && Rooms == 0 && OutboxBytes == 0;

    /// <exception cref="LoadException">This is no line of the probe.</exception>
    public static ProbeReading Parse(string line)
    {
        string[] fields = line.Trim().Split(' ');
        var numbers = new long[5];
        bool isRead = fields.Length == numbers.Length;
        for (int i = 0; isRead && i < numbers.Length; i++)
        {
            isRead = long.TryParse(fields[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]);
        }

        return isRead
            ? new(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
            : throw new LoadException($"The probe in the server said: {line}");
    }
}
