using WebRtcSignaling.Errors;
using WebRtcSignaling.Rooms;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EasyRtc;

/// <summary>How clients join and leave rooms, and learn which there are.</summary>
internal static class EasyRtcRooms
{
    public static async ValueTask<byte[]> JoinAsync(EasyRtcClient client, EasyRtcObject data)
    {
        if (!EasyRtcRoomEntry.TryRead(data["roomJoin"], out List<EasyRtcRoomEntry> rooms) || rooms.Count == 0)
        {
            return client.Error(EasyRtcError.BadStructure);
        }

        if (await EnterAsync(client, rooms).ConfigureAwait(false) is not null)
        {
            return client.Error(EasyRtcError.BadRoom);
        }

        SessionRooms joined = client.Session.Rooms;
        return EasyRtcReply.Joined([.. rooms.Select(entry => joined.Find(entry.Room)).OfType<RoomSnapshot>()]);
    }

    /// <summary>What rooms are like that come to be because these clients want them.</summary>
    public static RoomSetup Setup(EasyRtcOptions options, RoomOptions limits) => new()
    {
        Capacity = Math.Min(options.MaxRoomMembers, limits.MaxMembers),
        OwnerLeaves = OwnerLeavesPolicy.Keep,
        EmptyTimeout = options.EmptyRoomTimeout < limits.MaxEmptyTimeout ? options.EmptyRoomTimeout : limits.MaxEmptyTimeout,
    };

    /// <summary>Enters all of the rooms that can be entered; being in one already is as good.</summary>
    /// <returns>Why one could not be entered, the first of them; <see langword="null"/> if the client is in all.</returns>
    public static async ValueTask<SignalingError?> EnterAsync(EasyRtcClient client, IReadOnlyList<EasyRtcRoomEntry> rooms)
    {
        EasyRtcOptions options = client.Services.Options;
        RoomSetup? setup = options.AutoCreateRooms ? Setup(options, client.Server.Options.Rooms) : null;
        SignalingError? refusal = null;
        foreach (EasyRtcRoomEntry entry in rooms)
        {
            SignalingResult<RoomSnapshot> joined = await client.Session.Rooms.JoinAsync(
                new JoinRoomRequest
                {
                    Room = entry.Room,
                    Password = entry.Password,
                    Data = entry.Parameter,
                    CreateWith = setup,
                },
                cancellationToken: client.Ended).ConfigureAwait(false);
            if (joined.Error is { Code: not SignalingErrorCode.AlreadyInRoom } error)
            {
                refusal ??= error;
            }
        }

        return refusal;
    }

    /// <summary>Leaves rooms. Not to be in one of them is as good.</summary>
    public static byte[] Leave(EasyRtcClient client, EasyRtcObject data)
    {
        if (!EasyRtcRoomEntry.TryRead(data["roomLeave"], out List<EasyRtcRoomEntry> rooms))
        {
            return client.Error(EasyRtcError.BadStructure);
        }

        foreach (EasyRtcRoomEntry entry in rooms)
        {
            client.Session.Rooms.Leave(entry.Room);
        }

        return EasyRtcReply.Left([.. rooms.Select(entry => entry.Room)]);
    }

    public static async ValueTask<byte[]> ListAsync(EasyRtcClient client)
    {
        SignalingResult<RoomList> list = await client.Session.Rooms.ListAsync(cancellationToken: client.Ended).ConfigureAwait(false);
        return list.IsSuccess ? EasyRtcReply.RoomList(list.Value) : client.Error(EasyRtcError.NoRoomList);
    }
}
