using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace Eco2Test.Sensors;

/// <summary>
/// Connections by the kernel's list of local sockets, which names the other end of each (<c>sock_diag</c>), and the open
/// files of processes, which say whose sockets they are. Needs no right but to look at processes of the same user.
/// </summary>
internal sealed partial class LinuxProcessConnections : IProcessConnections
{
    private const int FamilyNetlink = 16;
    private const int RawCloseOnExec = 3 | 0x80000;
    private const int SocketDiagnosis = 4;

    private const ushort ByFamily = 20;
    private const ushort Fault = 2;
    private const ushort Done = 3;
    private const ushort RequestDump = 0x301;
    private const byte FamilyLocal = 1;
    private const uint Established = 1 << 1;
    private const uint ShowNameAndPeer = 1 | 4;
    private const ushort Name = 0;
    private const ushort Peer = 2;

    // struct nlmsghdr, then struct unix_diag_msg, whose second word is the socket's number, then attributes.
    private const int HeaderLength = 16;
    private const int SocketAt = HeaderLength + 4;
    private const int AttributesAt = HeaderLength + 16;
    private const int AttributeHeader = 4;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly List<int> _files = [];

    public IReadOnlyDictionary<int, ConnectionCount>? Look(IReadOnlyCollection<int> servers, IReadOnlyCollection<int> clients)
    {
        if (ReadPeers() is not { } peers)
        {
            return null;
        }

        var others = servers.Select(server => (Server: server, Ends: OtherEnds(server, peers))).ToList();

        // Files of clients are many: they are looked at when any server is connected.
        HashSet<uint> ofClients = others.Exists(static server => server.Ends.Count > 0) ? [.. clients.SelectMany(SocketsOf)] : [];
        var counts = new Dictionary<int, ConnectionCount>();
        foreach (var (server, ends) in others)
        {
            var ofThem = ends.Count(ofClients.Contains);
            counts[server] = new ConnectionCount(ofThem, ends.Count - ofThem);
        }

        return counts;
    }

    private List<uint> OtherEnds(int server, Dictionary<uint, uint> peers)
    {
        var ends = new List<uint>();
        foreach (var socket in SocketsOf(server))
        {
            if (peers.TryGetValue(socket, out var peer))
            {
                ends.Add(peer);
            }
        }

        return ends;
    }

    /// <summary>The other end of each connected local socket that has a name, as that of a server has; both by their numbers.</summary>
    private Dictionary<uint, uint>? ReadPeers()
    {
        if (!LinuxFiles.IsSupported)
        {
            return null;
        }

        var socket = OpenSocket(FamilyNetlink, RawCloseOnExec, SocketDiagnosis);
        if (socket < 0)
        {
            return null;
        }

        try
        {
            return Ask(socket) ? Answer(socket) : null;
        }
        finally
        {
            LinuxFiles.Close(socket);
        }
    }

    private static bool Ask(int socket)
    {
        Span<byte> request = stackalloc byte[HeaderLength + 24];
        request.Clear();
        MemoryMarshal.Write(request, request.Length);
        MemoryMarshal.Write(request[4..], ByFamily);
        MemoryMarshal.Write(request[6..], RequestDump);
        request[HeaderLength] = FamilyLocal;
        MemoryMarshal.Write(request[(HeaderLength + 4)..], Established);
        MemoryMarshal.Write(request[(HeaderLength + 12)..], ShowNameAndPeer);
        return Send(socket, ref request[0], request.Length, 0) == request.Length;
    }

    private Dictionary<uint, uint>? Answer(int socket)
    {
        var peers = new Dictionary<uint, uint>();
        int length;
        while ((length = (int)Receive(socket, ref _buffer[0], _buffer.Length, 0)) > 0)
        {
            ReadOnlySpan<byte> messages = _buffer.AsSpan(0, length);
            while (messages.Length >= HeaderLength)
            {
                var size = MemoryMarshal.Read<int>(messages);
                switch (MemoryMarshal.Read<ushort>(messages[4..]))
                {
                    case Done:
                        return peers;
                    case Fault:
                        return null;
                }

                if (size < AttributesAt || size > messages.Length)
                {
                    return null;
                }

                AddPeer(messages[..size], peers);
                messages = messages[Math.Min(messages.Length, Aligned(size))..];
            }
        }

        return null;
    }

    private static void AddPeer(ReadOnlySpan<byte> message, Dictionary<uint, uint> peers)
    {
        var socket = MemoryMarshal.Read<uint>(message[SocketAt..]);
        var attributes = message[AttributesAt..];
        var (hasName, peer) = (false, 0u);
        while (attributes.Length >= AttributeHeader)
        {
            int size = MemoryMarshal.Read<ushort>(attributes);
            if (size < AttributeHeader)
            {
                return;
            }

            switch (MemoryMarshal.Read<ushort>(attributes[2..]))
            {
                case Name:
                    hasName = true;
                    break;
                case Peer when size >= AttributeHeader + 4 && attributes.Length >= AttributeHeader + 4:
                    peer = MemoryMarshal.Read<uint>(attributes[AttributeHeader..]);
                    break;
            }

            attributes = attributes[Math.Min(attributes.Length, Aligned(size))..];
        }

        if (hasName && peer != 0)
        {
            peers[socket] = peer;
        }
    }

    private static int Aligned(int size) => (size + 3) & ~3;

    private List<uint> SocketsOf(int process)
    {
        var sockets = new List<uint>();
        var folder = LinuxFiles.Open(process, 0, "fd"u8);
        if (folder < 0)
        {
            return sockets;
        }

        _files.Clear();
        LinuxFiles.TryList(folder, _buffer, _files);
        LinuxFiles.Close(folder);
        Span<byte> target = stackalloc byte[64];
        foreach (var file in _files)
        {
            var length = LinuxFiles.ReadLink(process, file, target);
            if (length > 0 && target[..length].StartsWith("socket:["u8) && Utf8Parser.TryParse(target["socket:[".Length..length], out uint socket, out _))
            {
                sockets.Add(socket);
            }
        }

        return sockets;
    }

    [LibraryImport("libc", EntryPoint = "socket")]
    private static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "send")]
    private static partial nint Send(int socket, ref byte buffer, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv")]
    private static partial nint Receive(int socket, ref byte buffer, nint length, int flags);
}
