using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace WebRtcSignaling.Core.Tests.Ice.Coturn;

/// <summary>
/// As much of a TURN client (RFC 8656) over UDP and IPv4 as it takes to have bytes relayed: Binding, Allocate with the long-term credential
/// mechanism (RFC 8489 section 9.2), CreatePermission, and Send and Data indications. For one caller at a time.
/// </summary>
internal sealed class TurnClient : IDisposable
{
    /// <summary>
    /// RFC 8489 section 6.2.1 begins with 500 ms, for the Internet; on loopback an answer takes microseconds, if the server runs.
    /// </summary>
    private static readonly TimeSpan FirstRetransmission = TimeSpan.FromMilliseconds(100);

    private static readonly byte[] UdpTransport = [17, 0, 0, 0];

    private readonly IPEndPoint _server;
    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Queue<StunMessage> _dataIndications = new();
    private string _username = "";
    private string? _realm;
    private string? _nonce;
    private byte[] _key = [];

    internal TurnClient(IPEndPoint server) => _server = server;

    internal IPEndPoint LocalAddress => (IPEndPoint)_socket.Client.LocalEndPoint!;

    internal string? Realm => _realm;

    internal Task<StunMessage> BindAsync(CancellationToken cancellationToken) =>
        TransactAsync(new StunMessage(StunType.BindingRequest), cancellationToken);

    /// <summary>
    /// Asks for an allocation without credentials, as every client does first, to hear realm and nonce (RFC 8489 section 9.2.3.1).
    /// </summary>
    internal async Task<StunMessage> AllocateWithoutCredentialsAsync(CancellationToken cancellationToken)
    {
        StunMessage response = await TransactAsync(
            new StunMessage(StunType.AllocateRequest).Add(StunAttribute.RequestedTransport, UdpTransport), cancellationToken);
        _realm = response.FindText(StunAttribute.Realm);
        _nonce = response.FindText(StunAttribute.Nonce);
        return response;
    }

    /// <summary>Asks for an allocation, first without and then with the credentials. The server's last word, whatever it is.</summary>
    internal async Task<StunMessage> AllocateAsync(string username, string password, CancellationToken cancellationToken)
    {
        StunMessage challenge = await AllocateWithoutCredentialsAsync(cancellationToken);
        Assert.That(challenge.FindErrorCode(), Is.EqualTo(401), "a request without credentials");
        Assert.That(_realm, Is.Not.Null);
        Assert.That(_nonce, Is.Not.Null);

        _username = username;
#pragma warning disable CA5351 // The algorithm is the protocol's (RFC 8489 section 18.5.1.1).
        _key = MD5.HashData(Encoding.UTF8.GetBytes($"{username}:{_realm}:{password}"));
#pragma warning restore CA5351
        return await TransactAsync(
            Sign(new StunMessage(StunType.AllocateRequest).Add(StunAttribute.RequestedTransport, UdpTransport)), cancellationToken);
    }

    /// <summary>Lets the peer's address, whatever its port, send to the allocation and be sent to.</summary>
    internal async Task CreatePermissionAsync(IPEndPoint peer, CancellationToken cancellationToken)
    {
        StunMessage response = await TransactAsync(
            Sign(new StunMessage(StunType.CreatePermissionRequest).Add(StunAttribute.XorPeerAddress, peer)), cancellationToken);
        Assert.That((response.Type, response.FindErrorCode()), Is.EqualTo((StunType.CreatePermissionSuccess, (int?)null)));
        Assert.That(response.IsSignedBy(_key), "the server proves that it knows the password");
    }

    /// <summary>Asks to keep the allocation for that long; zero gives it back.</summary>
    internal Task<StunMessage> RefreshAsync(uint lifetimeSeconds, CancellationToken cancellationToken) =>
        TransactAsync(Sign(new StunMessage(StunType.RefreshRequest).Add(StunAttribute.Lifetime, lifetimeSeconds)), cancellationToken);

    /// <summary>Has the server send bytes from the allocation's relayed address.</summary>
    internal async Task SendAsync(IPEndPoint peer, byte[] data, CancellationToken cancellationToken)
    {
        StunMessage indication = new StunMessage(StunType.SendIndication)
            .Add(StunAttribute.XorPeerAddress, peer)
            .Add(StunAttribute.Data, data);
        await _socket.SendAsync(indication.Bytes, _server, cancellationToken);
    }

    /// <summary>The next bytes that came to the allocation's relayed address, and from where.</summary>
    internal async Task<(IPEndPoint Peer, byte[] Data)> ReceiveAsync(CancellationToken cancellationToken)
    {
        StunMessage? message;
        while (!_dataIndications.TryDequeue(out message))
        {
            Keep(await ReceiveMessageAsync(cancellationToken));
        }

        return (message.FindAddress(StunAttribute.XorPeerAddress)!, message.Find(StunAttribute.Data)!);
    }

    internal bool IsSignedByServer(StunMessage message) => message.IsSignedBy(_key);

    public void Dispose() => _socket.Dispose();

    private StunMessage Sign(StunMessage request) => request
        .Add(StunAttribute.Username, _username)
        .Add(StunAttribute.Realm, _realm!)
        .Add(StunAttribute.Nonce, _nonce!)
        .Sign(_key);

    /// <summary>Sends a request again and again, in growing intervals, until its response comes or the caller gives up.</summary>
    private async Task<StunMessage> TransactAsync(StunMessage request, CancellationToken cancellationToken)
    {
        for (TimeSpan interval = FirstRetransmission; ; interval *= 2)
        {
            await _socket.SendAsync(request.Bytes, _server, cancellationToken);
            using var retransmission = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            retransmission.CancelAfter(interval);
            try
            {
                while (true)
                {
                    StunMessage message = await ReceiveMessageAsync(retransmission.Token);
                    if (message.TransactionId == request.TransactionId)
                    {
                        return message;
                    }

                    Keep(message);
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Nothing came in time.
            }
        }
    }

    private async Task<StunMessage> ReceiveMessageAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            UdpReceiveResult datagram = await _socket.ReceiveAsync(cancellationToken);
            if (datagram.RemoteEndPoint.Equals(_server))
            {
                return StunMessage.Parse(datagram.Buffer);
            }
        }
    }

    private void Keep(StunMessage message)
    {
        if (message.Type == StunType.DataIndication)
        {
            _dataIndications.Enqueue(message);
        }
    }
}
