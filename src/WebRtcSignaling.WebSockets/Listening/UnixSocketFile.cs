using System.Net.Sockets;

namespace WebRtcSignaling.WebSockets.Listening;

/// <summary>
/// The file that stands for a Unix domain socket. A process that ended without its last words leaves it behind, and then nobody can bind
/// there until it is gone.
/// </summary>
internal static class UnixSocketFile
{
    /// <summary>Deletes the file if it is a socket to which nobody listens; leaves everything else alone.</summary>
    public static void DeleteIfAbandoned(string path)
    {
        if (File.Exists(path) && IsRefused(path) && !CanBeOpened(path))
        {
            File.Delete(path);
        }
    }

    private static bool IsRefused(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }

    // Connecting to a file of another kind is refused just the same, but only a socket cannot be opened (ENXIO).
    private static bool CanBeOpened(string path)
    {
        try
        {
            File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete).Dispose();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
