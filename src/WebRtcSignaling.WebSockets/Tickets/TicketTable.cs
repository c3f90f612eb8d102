using System.Security.Claims;

namespace WebRtcSignaling.WebSockets.Tickets;

/// <summary>
/// The outstanding tickets and their limits. Data only: no clock (times are spans since some beginning), no lock, no timer. Guarded by the
/// lock of its <see cref="TicketIssuer"/>.
/// </summary>
internal sealed class TicketTable(TicketOptions limits)
{
    private readonly Dictionary<TicketHash, LinkedListNode<OutstandingTicket>> _tickets = [];

    /// <summary>All tickets live equally long: the first is the first to expire.</summary>
    private readonly LinkedList<OutstandingTicket> _byExpiry = new();

    /// <summary>Each holder's tickets in the same order. They are few.</summary>
    private readonly Dictionary<string, List<OutstandingTicket>> _byHolder = new(StringComparer.Ordinal);

    public int Count => _tickets.Count;

    /// <summary>When the first ticket expires; <see langword="null"/> while there is none.</summary>
    public TimeSpan? NextExpiry => _byExpiry.First?.Value.Expiry;

    /// <summary>How long somebody has to wait for a ticket; <see langword="null"/> if there is one now.</summary>
    public TimeSpan? FindWait(string holder, TimeSpan now)
    {
        DropExpired(now);
        return _byHolder.TryGetValue(holder, out List<OutstandingTicket>? own) && own.Count >= limits.MaxPerUser ? own[0].Expiry - now
            : _tickets.Count >= limits.MaxTickets ? NextExpiry - now
            : null;
    }

    /// <summary>Keeps a ticket for which <see cref="FindWait"/> found a place.</summary>
    public void Add(TicketHash hash, string holder, ClaimsPrincipal user, TimeSpan now)
    {
        var ticket = new OutstandingTicket(hash, holder, user, now + limits.Lifetime);
        _tickets.Add(hash, _byExpiry.AddLast(ticket));
        if (!_byHolder.TryGetValue(holder, out List<OutstandingTicket>? own))
        {
            own = new(capacity: 1);
            _byHolder.Add(holder, own);
        }

        own.Add(ticket);
    }

    /// <summary>Takes a ticket out. Whom it stands for; <see langword="null"/> if it is not there.</summary>
    public ClaimsPrincipal? Take(TicketHash hash, TimeSpan now)
    {
        DropExpired(now);
        if (!_tickets.TryGetValue(hash, out LinkedListNode<OutstandingTicket>? ticket))
        {
            return null;
        }

        Drop(ticket);
        return ticket.Value.User;
    }

    /// <summary>Forgets the tickets that are no longer good.</summary>
    public void DropExpired(TimeSpan now)
    {
        while (_byExpiry.First is { } oldest && oldest.Value.Expiry <= now)
        {
            Drop(oldest);
        }
    }

    private void Drop(LinkedListNode<OutstandingTicket> node)
    {
        OutstandingTicket ticket = node.Value;
        _tickets.Remove(ticket.Hash);
        _byExpiry.Remove(node);
        List<OutstandingTicket> own = _byHolder[ticket.Holder];
        own.Remove(ticket);
        if (own.Count == 0)
        {
            _byHolder.Remove(ticket.Holder);
        }

        if (_tickets.Count == 0)
        {
            // What a rush has made large does not stay so.
            _tickets.TrimExcess();
            _byHolder.TrimExcess();
        }
    }
}
