using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace WebRtcSignaling.Load.Wire;

/// <summary>
/// Linux' epoll, level-triggered. The runtime's own sockets would have their events handled by other threads, whose switches would cost this
/// program more than its work.
/// </summary>
internal sealed partial class Poller : IDisposable
{
    private const int Add = 1;
    private const int Modify = 3;
    private const int CloseOnExec = 0x80000;
    private const uint ReadableEvent = 0x1;
    private const uint WritableEvent = 0x4;
    private const int Interrupted = 4;
    private const int MaxEvents = 1_024;

    // struct epoll_event is packed on x86-64 and aligned elsewhere.
    private static readonly int _eventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int _dataOffset = _eventSize - sizeof(ulong);

    private readonly byte[] _events = new byte[MaxEvents * _eventSize];
    private readonly int _handle = Check(Create(CloseOnExec));

    /// <summary>Watches a socket, which must not block, for input.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="tag">How its events are told apart.</param>
    public void Watch(Socket socket, int tag) => Control(Add, socket, tag, ReadableEvent);

    /// <summary>Says whether a watched socket is also watched for room to write.</summary>
    public void WatchWriting(Socket socket, int tag, bool isWatched) =>
        Control(Modify, socket, tag, isWatched ? ReadableEvent | WritableEvent : ReadableEvent);

    /// <summary>Waits for events.</summary>
    /// <param name="milliseconds">How long at most; 0 only looks.</param>
    /// <returns>How many there are.</returns>
    public int Wait(int milliseconds)
    {
        int count = WaitFor(_handle, _events, MaxEvents, milliseconds);
        return count < 0 && Marshal.GetLastPInvokeError() == Interrupted ? 0 : Check(count);
    }

    /// <summary>One of the events of the last <see cref="Wait"/>; an error or an end counts as readable.</summary>
    public (int Tag, bool IsReadable, bool IsWritable) this[int index]
    {
        get
        {
            ref byte at = ref _events[index * _eventSize];
            uint events = Unsafe.ReadUnaligned<uint>(ref at);
            ulong tag = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref at, _dataOffset));
            return ((int)tag, (events & ~WritableEvent) != 0, (events & WritableEvent) != 0);
        }
    }

    public void Dispose() => _ = CloseHandle(_handle);

    private static int Check(int result) =>
        result >= 0 ? result : throw new LoadException($"epoll failed: {Marshal.GetLastPInvokeErrorMessage()}");

    private void Control(int operation, Socket socket, int tag, uint events)
    {
        Span<byte> change = stackalloc byte[16];
        Unsafe.WriteUnaligned(ref change[0], events);
        Unsafe.WriteUnaligned(ref change[_dataOffset], (ulong)tag);
        Check(Control(_handle, operation, (int)socket.Handle, ref change[0]));
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(int handle, int operation, int socket, ref byte change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int WaitFor(int handle, [Out] byte[] events, int maxEvents, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseHandle(int handle);
}
