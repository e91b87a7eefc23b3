using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>The ledger's callbacks as closures, which tests may allocate.</summary>
internal static class LedgerExtensions
{
    public static void Open(this EnergyLedger ledger, LedgerAccount account, Action whenOpened) =>
        ledger.Open(account, whenOpened, static then => then());

    public static void Close(this EnergyLedger ledger, LedgerAccount account, Action<LedgerTotals> whenClosed) =>
        ledger.Close(account, whenClosed, static (then, totals) => then(totals));

    /// <summary>A GPU is read, as its lane does.</summary>
    public static void Read(this EnergyLedger ledger, GpuMeter gpu)
    {
        gpu.Read(alsoProcesses: true);
        ledger.TakeReading(gpu);
    }

    public static void Sample(this EnergyLedger ledger, Action<LedgerTotals> whenBooked) =>
        ledger.Sample(whenBooked, static (then, totals) => then(totals));
}
