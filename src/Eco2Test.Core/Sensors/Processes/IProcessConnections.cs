namespace Eco2Test.Sensors;

/// <summary>Which processes of the machine talk to which, through sockets that have a name in the file system. No member throws.</summary>
internal interface IProcessConnections
{
    /// <summary>How many connections each server has; <see langword="null"/> when the system does not say.</summary>
    /// <param name="servers">Numbers of processes that others connect to.</param>
    /// <param name="clients">Numbers of processes whose connections are looked for.</param>
    IReadOnlyDictionary<int, ConnectionCount>? Look(IReadOnlyCollection<int> servers, IReadOnlyCollection<int> clients);
}

/// <summary>Connections of a process.</summary>
/// <param name="Clients">From one of those that were asked for.</param>
/// <param name="Others">From anybody else.</param>
internal readonly record struct ConnectionCount(int Clients, int Others)
{
    /// <summary>The part that is of those that were asked for, by number; <see langword="null"/> when nobody is connected.</summary>
    public double? Share => Clients + Others == 0 ? null : (double)Clients / (Clients + Others);
}
