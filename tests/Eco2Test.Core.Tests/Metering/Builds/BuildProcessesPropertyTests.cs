using CsCheck;
using Eco2Test.Metering;
using Eco2Test.Sensors;

namespace Eco2Test.Core.Tests.Metering.Builds;

/// <summary>Whatever processes do, and whenever they are read: no CPU time is counted twice, none that can be seen is dropped, and no figure falls.</summary>
public sealed class BuildProcessesPropertyTests
{
    private enum What
    {
        Start,
        Work,
        End,
        Read,
    }

    private static readonly Gen<(What What, int Which, int Other)[]> Histories =
        Gen.Select(Gen.Frequency((3, Gen.Const(What.Start)), (5, Gen.Const(What.Work)), (3, Gen.Const(What.End)), (2, Gen.Const(What.Read))), Gen.Int[0, 99], Gen.Int[0, 99]).Array[1, 150];

    [Fact]
    public void Whatever_processes_do_the_total_is_the_truth_as_far_as_it_can_be_seen() => Histories.Sample(history => new Story().Play(history, Story.Order.ByStart), iter: 3000);

    [Fact]
    public void Whatever_processes_do_while_they_are_read_in_any_order_nothing_is_counted_twice() => Histories.Sample(history => new Story().Play(history, Story.Order.Any), iter: 3000);

    private sealed class Story
    {
        private const int Root = 10;

        private readonly FakeProcesses _machine = new();
        private readonly BuildProcesses _build = new(Root);
        private readonly HashSet<int> _known = [Root];
        private readonly Dictionary<int, TimeSpan> _seen = [];
        private readonly Dictionary<int, int> _seenParent = [];
        private int _lastId = Root;
        private TimeSpan _truth;
        private TimeSpan _unseen;
        private TimeSpan _last;

        public enum Order
        {
            ByStart,
            Any,
        }

        public Story()
        {
            _machine.Start(Root, FakeProcesses.Init, "dotnet", "build");
            Read([]);
        }

        public void Play((What What, int Which, int Other)[] history, Order order)
        {
            for (var i = 0; i < history.Length; i++)
            {
                if (history[i].What != What.Read)
                {
                    Act(history[i]);
                    continue;
                }

                // What comes next happens while processes are read.
                var during = history.Skip(i + 1).TakeWhile(act => act.What != What.Read).Take(order == Order.Any ? 3 : 0).ToList();
                Read(during, history[i].Which);
                i += during.Count;
            }

            Read([]);
            Read([]);
            foreach (var id in _machine.Living.Where(id => !_known.Contains(id)))
            {
                NoteLost(id);
            }

            var total = _build.Settle().CpuTime;
            total.ShouldBeGreaterThanOrEqualTo(_last);
            total.ShouldBeLessThanOrEqualTo(_truth);
            if (order == Order.ByStart)
            {
                total.ShouldBeGreaterThanOrEqualTo(_truth - _unseen);
            }
        }

        private void Act((What What, int Which, int Other) act)
        {
            var living = _machine.Living.ToList();
            var id = living[act.Which % living.Count];
            switch (act.What)
            {
                case What.Start:
                    _machine.Start(++_lastId, id, "sh");
                    break;
                case What.Work:
                    _machine.Work(id, act.Other / 100.0);
                    _truth += TimeSpan.FromSeconds(act.Other / 100.0);
                    break;
                case What.End when id != Root:
                    if (_machine.ParentOf(id) == FakeProcesses.Init)
                    {
                        NoteLost(id);
                    }

                    _machine.End(id);
                    break;
            }
        }

        /// <summary>
        /// Who ends in the hands of init leaves nothing to anybody: what it spent since it was seen last cannot be known. Nor
        /// can be told, of a child and its parent that are gone at once, who ended first: so much is looked for with who waited
        /// for the parent, and is taken off what else comes back there.
        /// </summary>
        private void NoteLost(int id)
        {
            var reading = _machine.Read(id)!.Value;
            var whole = reading.CpuTime + reading.CpuTimeOfEnded;
            _unseen += whole - _seen.GetValueOrDefault(id);
            _unseen += _seenParent.GetValueOrDefault(id) == FakeProcesses.Init ? TimeSpan.Zero : _seen.GetValueOrDefault(id);
        }

        private void Read(IReadOnlyList<(What What, int Which, int Other)> during, int turn = 0)
        {
            var readings = new List<ProcessReading>();
            var order = _machine.Living.ToList();
            order = [.. order.Skip(turn % order.Count), .. order.Take(turn % order.Count)];
            for (var i = 0; i < order.Count; i++)
            {
                if (i < during.Count)
                {
                    Act(during[i]);
                }

                if (_machine.Read(order[i]) is { } reading)
                {
                    readings.Add(reading);
                }
            }

            foreach (var act in during.Skip(order.Count))
            {
                Act(act);
            }

            Know(readings);
            var total = _build.Take(readings, _machine.CommandLine, isWhole: false).CpuTime;
            total.ShouldBeGreaterThanOrEqualTo(_last);
            total.ShouldBeLessThanOrEqualTo(_truth);
            _last = total;
        }

        private void Know(List<ProcessReading> readings)
        {
            foreach (var reading in readings.OrderBy(reading => reading.Started))
            {
                if (_known.Contains(reading.Id) || _known.Contains(reading.Parent))
                {
                    _known.Add(reading.Id);
                    _seen[reading.Id] = reading.CpuTime + reading.CpuTimeOfEnded;
                    _seenParent[reading.Id] = reading.Parent;
                }
            }
        }
    }
}
