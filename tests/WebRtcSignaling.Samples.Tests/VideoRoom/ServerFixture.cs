using WebRtcSignaling.Testing.Faults;
using WebRtcSignaling.Testing.Programs;

namespace WebRtcSignaling.Samples.Tests.VideoRoom;

/// <summary>Tests whose pages meet on one ready server, each in a room of its own.</summary>
internal abstract class ServerFixture
{
    private readonly List<RoomPage> _pages = [];
    private SignalingServerProcess? _server;
    private int _rooms;

    protected SignalingServerProcess Server => _server ?? throw new InvalidOperationException("The server has not been started.");

    protected string Room { get; private set; } = "";

    /// <summary>What is not as the server has it by default, by names of the environment.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    [OneTimeSetUp]
    public async Task StartServerAsync() => _server = await SignalingServerProcess.StartAsync(Settings);

    [OneTimeTearDown]
    public async Task EndServerAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [SetUp]
    public async Task ChooseRoomAsync()
    {
        Room = $"room {++_rooms}";
        // A test that failed while the server was away must not take the next one with it.
        if (!Server.IsRunning) await Server.StartAgainAsync();
    }

    [TearDown]
    public async Task ClosePagesAsync()
    {
        foreach (var page in _pages) await page.DisposeAsync();
        _pages.Clear();
    }

    protected async Task<RoomPage> OpenAsync(bool withDevices = true) =>
        Keep(await RoomPage.OpenAsync(Server.Address, Room, withDevices));

    /// <summary>Opens the page, over the network that a proxy stands for if there is one, and enters the room.</summary>
    protected async Task<RoomPage> JoinAsync(string name, string password = "", FaultyProxy? through = null) =>
        Keep(await RoomPage.JoinAsync(through is null ? Server.Address : new Uri($"http://{through.Endpoint}"), Room, name, password));

    private RoomPage Keep(RoomPage page)
    {
        _pages.Add(page);
        return page;
    }
}
