namespace WebRtcSignaling.Load.Cases;

/// <summary>Connections stand in rooms in the order of their indexes, and each sends to the next one of its room, the last to the first.</summary>
internal static class Ring
{
    public static int Next(int index, int membersPerRoom)
    {
        int first = index - (index % membersPerRoom);
        return first + ((index - first + 1) % membersPerRoom);
    }
}
