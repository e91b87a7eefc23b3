namespace Eco2Test.Metering;

/// <summary>
/// The accounts with which CPU time has flowed since they were taken last. Threads add to it without a lock; only the
/// ledger takes, under its gate. So an advance looks at the accounts that worked, not at all that are open.
/// </summary>
internal sealed class FlowQueue
{
    private LedgerAccount? _first;

    /// <summary>Adds an account that is not in the queue.</summary>
    public void Add(LedgerAccount account)
    {
        LedgerAccount? first;
        do
        {
            first = Volatile.Read(ref _first);
            account.NextWithFlow = first;
        }
        while (Interlocked.CompareExchange(ref _first, account, first) != first);
    }

    /// <summary>Takes all of them: the first, which leads to the others by <see cref="LedgerAccount.NextWithFlow"/>.</summary>
    public LedgerAccount? TakeAll() => Interlocked.Exchange(ref _first, null);
}
