using WebRtcSignaling.Compatibility.EngineIO.Packets;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Compatibility.EngineIO.Sessions;

/// <content>Polls and POSTs.</content>
internal sealed partial class EngineSession
{
    /// <summary>Whether a poll waits for an answer at this moment.</summary>
    public bool IsPollHeld
    {
        get
        {
            lock (_lock)
            {
                return _state.IsPollHeld;
            }
        }
    }

    /// <summary>A poll came.</summary>
    /// <returns>What becomes of it, and what completes when it is to be answered.</returns>
    public (RequestVerdict Verdict, Task Held) BeginPoll() => Move(static session =>
    {
        RequestVerdict verdict = session._state.BeginPoll(session._output.HasWaiting, out SessionEffects effects);
        return ((verdict, verdict == RequestVerdict.Hold ? session._output.HoldPoll() : Task.CompletedTask), effects);
    });

    /// <summary>What to answer a poll with, taken at the last moment so that a burst travels together. <see cref="EndSending"/> follows.</summary>
    public PollAnswer EndPoll() => Move(static session =>
    {
        PollContent content = session._state.EndPoll(session._output.HasWaiting, out SessionEffects effects);
        int weight = 0;
        List<OutgoingPacket> packets = content == PollContent.Waiting ? session._output.TakeWaiting(out weight) : [];
        if (packets.Count == 0)
        {
            packets.Add(content == PollContent.Close ? OutgoingPacket.Close : OutgoingPacket.Noop);
        }

        return (new PollAnswer(packets, weight), effects);
    });

    /// <summary>The answer to a poll has been sent, or is lost. Until then it counts for what may wait.</summary>
    public void EndSending(PollAnswer answer)
    {
        lock (_lock)
        {
            _output.EndSending(answer.Weight);
        }
    }

    /// <summary>The client's connection was lost while its poll was held.</summary>
    public void LosePoll() => Move(static session => session._state.LosePoll());

    /// <summary>A POST came; if it proceeds, <see cref="EndPost"/> follows.</summary>
    public RequestVerdict BeginPost() => Move(static session => (session._state.BeginPost(out SessionEffects effects), effects));

    /// <summary>A POST is about to be answered: from here on the client may send the next one.</summary>
    public void EndPost()
    {
        lock (_lock)
        {
            _state.EndPost();
        }
    }

    /// <summary>What a POST brought cannot be read, or its connection was lost on the way.</summary>
    public void BreakPost(SessionCloseReason reason) => Move(session => session._state.BreakPost(reason));
}
