using System.Runtime.InteropServices;
using WebRtcSignaling.Sessions;

namespace WebRtcSignaling.Applications;

/// <summary>
/// The sessions of each account in an application, in the order in which they began, within the limit of <see cref="SessionOptions.MaxPerUser"/>. Sessions of nobody
/// known are not counted. Safe for concurrent use.
/// </summary>
internal sealed class UserSessions(SessionOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>How many accounts have sessions.</summary>
    public int UserCount
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Keeps a place for a session that is about to begin.</summary>
    /// <returns>Whether there is one; with <see cref="UserLimitPolicy.Replace"/> there always is.</returns>
    public bool TryReserve(string? account)
    {
        if (account is null)
        {
            return true;
        }

        lock (_lock)
        {
            ref Entry? entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, account, out _);
            entry ??= new Entry();
            if (options.WhenUserIsFull == UserLimitPolicy.Reject && entry.Reserved + entry.Sessions.Count >= options.MaxPerUser)
            {
                return false;
            }

            entry.Reserved++;
            return true;
        }
    }

    /// <summary>Gives a reserved place back: the session has not begun.</summary>
    public void Release(string? account)
    {
        if (account is null)
        {
            return;
        }

        lock (_lock)
        {
            Entry entry = _entries[account];
            entry.Reserved--;
            ForgetIfEmpty(account, entry);
        }
    }

    /// <summary>The session has begun, in its reserved place.</summary>
    /// <returns>The account's oldest session, if that is one too many; the caller ends it.</returns>
    public SignalingSession? Enter(SignalingSession session)
    {
        if (session.Identity is not { } account)
        {
            return null;
        }

        lock (_lock)
        {
            Entry entry = _entries[account];
            entry.Reserved--;
            entry.Sessions.Add(session);

            // It may have ended before it was here, and then nobody would take it out.
            if (session.IsClosed)
            {
                entry.Sessions.Remove(session);
                ForgetIfEmpty(account, entry);
                return null;
            }

            if (entry.Sessions.Count <= options.MaxPerUser)
            {
                return null;
            }

            SignalingSession oldest = entry.Sessions[0];
            entry.Sessions.RemoveAt(0);
            return oldest;
        }
    }

    /// <summary>The session is over.</summary>
    public void Leave(SignalingSession session)
    {
        if (session.Identity is not { } account)
        {
            return;
        }

        lock (_lock)
        {
            if (_entries.TryGetValue(account, out Entry? entry))
            {
                entry.Sessions.Remove(session);
                ForgetIfEmpty(account, entry);
            }
        }
    }

    private void ForgetIfEmpty(string account, Entry entry)
    {
        if (entry.Reserved == 0 && entry.Sessions.Count == 0)
        {
            _entries.Remove(account);
        }
    }

    private sealed class Entry
    {
        public int Reserved { get; set; }

        public List<SignalingSession> Sessions { get; } = [];
    }
}
