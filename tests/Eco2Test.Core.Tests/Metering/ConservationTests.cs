using CsCheck;
using Eco2Test.Metering;
using Eco2Test.Sensors;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>The first promise: whatever opens, nests, overlaps and closes, tracked and untracked make the whole.</summary>
public sealed class ConservationTests
{
    private enum What
    {
        Open,
        OpenInside,
        OpenExempt,
        Close,
        Pause,
        Resume,
        Work,
        WorkOutsideOfFlow,
        Idle,
        Overhead,
        ChildEnds,
        GpuWorks,
        GpuFails,
        GpuResets,
        GpuIsRead,
        GpuIsHeldByOthers,
        PackageWorks,
        PackageFails,
        PackageResets,
        OthersWork,
        MemoryWorks,
        Sample,
    }

    private static readonly Gen<(What What, int Which, double Amount)[]> Histories =
        Gen.Select(Gen.Enum<What>(), Gen.Int[0, 9], Gen.Double[0, 5]).Array[1, 120];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_happens_tracked_and_untracked_make_the_whole(bool withCounters) => Histories.Sample(history =>
    {
        var story = new Story(withCounters);
        foreach (var (what, which, amount) in history)
        {
            story.Play(what, which, amount);
        }

        story.End();
    }, iter: 500);

    private sealed class Story
    {
        private readonly FakeMachine _machine = new() { ResidentBytes = 3L << 30 };
        private readonly FakeSensor _gpu = new();
        private readonly FakeCounter _package = new();
        private readonly FakeCounter _memory = new(EnergyDomain.Dram);
        private readonly GpuMeter _meter;
        private readonly EnergyLedger _ledger;
        private readonly List<LedgerAccount> _open = [];
        private readonly List<LedgerAccount> _closedRoots = [];
        private double _spentCpu;
        private LedgerTotals _totals;

        public Story(bool withCounters)
        {
            _meter = new GpuMeter(_gpu);
            _ledger = _machine.Ledger(
                new ThreadSlots(_machine), withCounters ? new SensorSet { Packages = [_package, new FakeCounter()], Memory = [_memory] } : SensorSet.None, 2, _meter);
        }

        public void Play(What what, int which, double amount)
        {
            var chosen = _open.Count == 0 ? null : _open[which % _open.Count];
            switch (what)
            {
                case What.Open:
                    Open(null, exempt: false);
                    break;
                case What.OpenInside:
                    Open(chosen, exempt: false);
                    break;
                case What.OpenExempt:
                    Open(null, exempt: true);
                    break;
                case What.Close when chosen is not null:
                    Close(chosen);
                    break;
                case What.Pause when chosen is not null:
                    _ledger.Pause(chosen);
                    break;
                case What.Resume when chosen is not null:
                    _ledger.Resume(chosen).ShouldBeTrue();
                    break;
                case What.Work:
                    chosen?.AddFlow(TimeSpan.FromSeconds(amount));
                    Spend(amount);
                    break;
                case What.WorkOutsideOfFlow:
                    Spend(amount);
                    break;
                case What.Idle:
                    _machine.Idle(amount);
                    break;
                case What.Overhead:
                    _ledger.Overhead.AddFlow(TimeSpan.FromSeconds(amount / 100));
                    Spend(amount / 100);
                    break;
                case What.ChildEnds:
                    _machine.EndedChildrenCpuTime += TimeSpan.FromSeconds(amount);
                    _spentCpu += TimeSpan.FromSeconds(amount).TotalSeconds;
                    break;
                case What.GpuWorks:
                    (_gpu.Works, _gpu.Cumulative) = (true, _gpu.Cumulative + Energy.FromJoules(amount * 100));
                    break;
                case What.GpuFails:
                    _gpu.Works = false;
                    break;
                case What.GpuResets:
                    _gpu.Cumulative = Energy.Zero;
                    break;
                case What.GpuIsRead:
                    _ledger.Read(_meter);
                    break;
                case What.GpuIsHeldByOthers:
                    _gpu.Processes = which < 5 ? [new GpuProcess(1, 0.5)] : [new GpuProcess(4711, 0.5), new GpuProcess(1, 0.25)];
                    break;
                case What.PackageWorks:
                    (_package.Works, _package.Throws) = (true, false);
                    _package.Count(amount * 10);
                    break;
                case What.PackageFails:
                    (_package.Works, _package.Throws) = (which < 3, which > 6);
                    break;
                case What.PackageResets:
                    _package.Cumulative = Energy.FromJoules(amount);
                    break;
                case What.OthersWork:
                    _machine.MachineCpuTime = which == 0 ? null : (_machine.MachineCpuTime ?? TimeSpan.Zero) + TimeSpan.FromSeconds(amount);
                    break;
                case What.MemoryWorks:
                    _memory.Count(amount);
                    break;
                case What.Sample:
                    _ledger.Sample(totals => _totals = totals);
                    break;
            }
        }

        public void End()
        {
            while (_open.Count > 0)
            {
                Close(_open[0]);
            }

            _ledger.Sample(totals => _totals = totals);
            var whole = _totals.Whole.Central.Joules;
            var tolerance = 1e-12 * Math.Max(1, whole);
            (_totals.Tracked.Central + _totals.Untracked.Central).Joules.ShouldBe(whole, tolerance);
            _closedRoots.Where(root => !root.Exempt).Sum(root => root.Total.Central.Joules).ShouldBe(_totals.Tracked.Central.Joules, tolerance);
            _closedRoots.Where(root => !root.Exempt).Sum(root => root.CpuSeconds).ShouldBeLessThanOrEqualTo(_spentCpu + 1e-9);
            foreach (var root in _closedRoots)
            {
                root.Total.Low.Joules.ShouldBeGreaterThanOrEqualTo(-1e-9);
                root.Total.Low.ShouldBeLessThanOrEqualTo(root.Total.Central);
                root.Total.Central.ShouldBeLessThanOrEqualTo(root.Total.High);
                root.Self.Joules.ShouldBeLessThanOrEqualTo(root.Total.Central.Joules + 1e-9);
                root.CpuSeconds.ShouldBeGreaterThanOrEqualTo(-1e-9);
            }
        }

        private void Spend(double seconds)
        {
            _machine.WorkOutsideOfFlow(seconds);
            _spentCpu += TimeSpan.FromSeconds(seconds).TotalSeconds;
        }

        private void Open(LedgerAccount? parent, bool exempt)
        {
            var account = new LedgerAccount(parent, exempt);
            _ledger.Open(account, () => _open.Add(account));
        }

        private void Close(LedgerAccount account)
        {
            _ledger.Close(account, totals => _totals = totals);
            _closedRoots.AddRange(_open.Where(window => !window.IsOpen && window.Parent is null));
            _open.RemoveAll(window => !window.IsOpen);
        }
    }
}
