using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace WebRtcSignaling.Repository.Tests.Packages;

/// <summary>A program outside the repository that gets the libraries as packages, as a user of them does.</summary>
internal sealed partial class PackageConsumer : IAsyncDisposable
{
    private const string Name = "Consumer";

    private readonly string _folder;
    private Process? _process;
    private Uri? _address;

    private PackageConsumer(string folder) => _folder = folder;

    public static async Task<PackageConsumer> BuildAsync(PackedPackages packages, string program, TimeSpan bound)
    {
        string folder = Directory.CreateDirectory(Path.Combine(packages.Folder, Name)).FullName;
        string cache = await DotNet.RunAsync(folder, bound, null, "nuget", "locals", "global-packages", "--list");
        await File.WriteAllTextAsync(Path.Combine(folder, Name + ".csproj"), Project);
        await File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), DescribeSources(packages, cache.Split(": ", 2)[1].Trim()));
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), program);

        // A cache of its own keeps these packages out of the user's; his is only read, so that the rest need not be fetched again.
        var variables = new Dictionary<string, string> { ["NUGET_PACKAGES"] = Path.Combine(packages.Folder, "cache") };
        await DotNet.RunAsync(folder, bound, variables, "build", "-c", "Release", "-o", "out", "--disable-build-servers", "-v", "quiet");
        return new PackageConsumer(folder);
    }

    /// <summary>Starts it on a free port, and waits until it says where it listens.</summary>
    public async Task StartAsync(TimeSpan bound)
    {
        ProcessStartInfo start = DotNet.Describe(_folder, null, Path.Combine("out", Name + ".dll"), "--urls", "http://127.0.0.1:0");
        _process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(bound);
        var output = new StringBuilder();
        while (await _process.StandardOutput.ReadLineAsync(timeout.Token) is { } line)
        {
            output.AppendLine(line);
            if (ListeningPattern().Match(line) is { Success: true } match)
            {
                _address = new Uri(match.Groups["address"].Value);
                return;
            }
        }

        Assert.Fail($"The program ended before it listened.\n{output}{await _process.StandardError.ReadToEndAsync(timeout.Token)}");
    }

    /// <summary>Connects as a WebSocket client that knows nothing of ours.</summary>
    /// <returns>The first message.</returns>
    public async Task<string> ConnectAsync(string path, TimeSpan bound)
    {
        using var timeout = new CancellationTokenSource(bound);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(_address!) { Scheme = "ws", Path = path }.Uri, timeout.Token);
        var buffer = new byte[16 * 1024];
        WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, timeout.Token);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static string Project => $"""
        <Project Sdk="Microsoft.NET.Sdk.Web">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <UseAppHost>false</UseAppHost>
            <NuGetAudit>false</NuGetAudit>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="WebRtcSignaling.AspNetCore" Version="{PackedPackages.Version}" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>Ours come from the folder, everything else from where the machine's own configuration says that nuget.org is.</summary>
    private static string DescribeSources(PackedPackages packages, string readOnlyCache) => $"""
        <configuration>
          <packageSources>
            <add key="packed" value="{packages.PackageFolder}" />
          </packageSources>
          <packageSourceMapping>
            <packageSource key="packed">
              <package pattern="WebRtcSignaling.*" />
            </packageSource>
            <packageSource key="nuget.org">
              <package pattern="*" />
            </packageSource>
          </packageSourceMapping>
          <fallbackPackageFolders>
            <add key="user" value="{readOnlyCache}" />
          </fallbackPackageFolders>
        </configuration>
        """;

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)")]
    private static partial Regex ListeningPattern();
}
