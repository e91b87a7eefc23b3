using Eco2Test.Budgets;
using Eco2Test.Carbon;
using Eco2Test.Cost;

namespace Eco2Test.Reports;

/// <summary>Makes a report from a journal, also from one whose process was killed.</summary>
internal static class JournalReader
{
    /// <summary>Reads a journal file.</summary>
    /// <exception cref="FormatException">It has no header of this schema, or no books; the message says what is there instead.</exception>
    public static EmissionsReport Read(string path)
    {
        // The process that writes it may still run.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return Read(reader);
    }

    /// <summary>Reads a journal.</summary>
    /// <exception cref="FormatException">It has no header of this schema, or no books.</exception>
    public static EmissionsReport Read(TextReader journal) => Read(Lines(journal));

    /// <summary>Makes the report of what was written to a journal.</summary>
    /// <param name="journal">Its lines in their order; <see langword="null"/> for one that cannot be read.</param>
    /// <exception cref="FormatException">It has no header of this schema, or no books.</exception>
    public static EmissionsReport Read(IEnumerable<JournalEntry?> journal)
    {
        JournalHeader? header = null;
        JournalEntry? books = null;
        EnergyTimeline? timeline = null;
        var intensities = new List<ReportIntensity>();
        var notices = new List<ReportNotice>();
        var windows = new ClosedWindows();

        // Closed, but not yet in the books.
        var closing = new List<ReportWindow>();
        var isCut = false;
        var isPricedAnew = false;
        foreach (var line in journal)
        {
            // Only the last line can be cut off: it was being written when the process was killed.
            isCut = line is null;
            if (line is not { } entry)
            {
                continue;
            }

            // Of several the last one holds: where a run is may be known only at its end.
            isPricedAnew |= header is not null && entry.Header is not null;
            header = entry.Header ?? header;
            timeline ??= header is { Schema: JournalHeader.CurrentSchema } ? new EnergyTimeline(header.Run.StartedAt) : null;
            AddIfAny(intensities, entry.Intensity);
            AddIfAny(notices, entry.Notice);
            AddIfAny(closing, entry.Window);
            if (entry.Totals is not null)
            {
                books = entry;
                timeline?.Add(entry, closing);
                windows.Add(closing);
                closing.Clear();
            }
        }

        if (header is not { Schema: JournalHeader.CurrentSchema } || books?.Totals is not { } totals)
        {
            throw new FormatException($"it is not a journal of schema '{JournalHeader.CurrentSchema}': its header or its totals are missing");
        }

        // Of windows that were added up the books have what the line before them said.
        var open = books.Open?.ToList() ?? [];
        var late = LateWindows.Add([.. closing.Where(window => window.Spread is null)], open, ref totals);
        windows.Add(late);
        windows.AddOpen(open);
        windows.Complete(late);
        if (isPricedAnew)
        {
            DropUnused(intensities, notices, [totals.Intensity, .. windows.All.Select(window => window.Intensity)]);
        }

        if (open.Count > 0)
        {
            notices.Add(new ReportNotice
            {
                Code = DiagnosticCodes.RunIncomplete,
                Message = open.Count == 1
                    ? "The process ended while 1 window was open; its figures are those of the last reading."
                    : $"The process ended while {open.Count} windows were open; their figures are those of the last reading.",
            });
        }
        else if (late.Count > 0)
        {
            notices.Add(new ReportNotice
            {
                Code = DiagnosticCodes.RunIncomplete,
                Message = "The process ended before the books were closed again; untracked energy of the last second is missing.",
            });
        }
        else if (isCut)
        {
            notices.Add(new ReportNotice
            {
                Code = DiagnosticCodes.RunIncomplete,
                Message = "The journal ends within a line: the process was killed while it wrote, or the disk was full. What came after that is missing.",
            });
        }

        var report = new EmissionsReport
        {
            Tool = header.Tool,
            Run = header.Run with { DurationSeconds = books.DurationSeconds ?? header.Run.DurationSeconds },
            Testbed = header.Testbed,
            Method = header.Method,
            Pue = header.Pue,
            Dataset = header.Dataset,
            Intensities = intensities,
            Notices = notices,
            Totals = totals,
            FunctionalUnit = header.FunctionalUnit,

            // How it went is known by whoever sees its end: without that it was cut off.
            Build = header.Run.Kind is "build" or "command" ? new ReportBuild() : null,
            Windows = windows.All,
        };
        report = timeline?.Complete(report) ?? report;
        report = header.Actual is { } actual && intensities.Exists(declared => declared.Key != actual.Key) ? report with { Prices = [ActualPrice.Of(report, actual)] } : report;
        report = ReportCosts.Add(report, header.Tariff);
        report = ReportImpact.Complete(report, header.EmbodiedMachine);
        return header.Budgets is { } budgets ? GroupBudgets.Judge(report, budgets) : report;
    }

    private static IEnumerable<JournalEntry?> Lines(TextReader journal)
    {
        while (journal.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return ReportJson.ReadEntry(line);
            }
        }
    }

    /// <summary>What a run was priced with at first, and nothing is any more.</summary>
    private static void DropUnused(List<ReportIntensity> intensities, List<ReportNotice> notices, HashSet<string> used)
    {
        intensities.RemoveAll(intensity => !used.Contains(intensity.Key));
        if (!intensities.Exists(intensity => intensity.Assumed))
        {
            notices.RemoveAll(notice => notice.Code == DiagnosticCodes.RegionAssumed);
        }
    }

    private static void AddIfAny<T>(List<T> list, T? item)
        where T : class
    {
        if (item is not null)
        {
            list.Add(item);
        }
    }

    /// <summary>Windows in the order in which they closed; a sum of many is written again whenever it has grown.</summary>
    private sealed class ClosedWindows
    {
        private readonly List<ReportWindow> _all = [];
        private readonly Dictionary<int, int> _places = [];
        private readonly HashSet<int> _open = [];

        public IReadOnlyList<ReportWindow> All => _all;

        public void Add(IEnumerable<ReportWindow> windows)
        {
            foreach (var window in windows)
            {
                if (window.Spread is not null && _places.TryGetValue(window.Seq, out var place))
                {
                    _all[place] = window;
                }
                else
                {
                    Append(window);
                }
            }
        }

        /// <summary>Adds windows that were open; those that were to be added up are, as far as they got.</summary>
        public void AddOpen(IEnumerable<ReportWindow> windows)
        {
            foreach (var window in windows)
            {
                _open.Add(window.Seq);
                if (_places.TryGetValue(window.Seq, out var place))
                {
                    _all[place] = WindowAddition.Sum(_all[place], window);
                }
                else
                {
                    Append(window);
                }
            }
        }

        /// <summary>Makes that a late window's own which was inside it in windows that were to be added up, of which nothing is known.</summary>
        public void Complete(IEnumerable<ReportWindow> late)
        {
            var inside = _all.Where(window => window.Parent is not null).ToLookup(window => window.Parent!.Value, window => window.Seq);
            foreach (var place in late.Select(window => _places[window.Seq]))
            {
                var window = _all[place];
                var self = window.Energy.Joules - inside[window.Seq].Sum(seq => _all[_places[seq]].Energy.Joules);
                _all[place] = window with { Energy = window.Energy with { SelfJoules = Math.Max(0, self) } };
                TakeBack(window.Seq, -self, inside);
            }
        }

        /// <summary>
        /// What was open inside a window that has closed has closed with it. What closing gave back is in the window's line already,
        /// and not in the books, where it was open: as much as it has more than the window is taken back, from all alike that can
        /// have given it.
        /// </summary>
        private void TakeBack(int seq, double joules, ILookup<int, int> inside)
        {
            var open = inside[seq].Where(_open.Contains).Select(each => (Place: _places[each], Most: MostOf(each, inside))).ToList();
            var most = open.Sum(each => each.Most);
            if (joules <= 0 || most <= 0)
            {
                return;
            }

            foreach (var (place, part) in open.Select(each => (each.Place, Part: joules * Math.Min(1, each.Most / most))))
            {
                var window = _all[place];
                var own = Math.Min(part, OwnCpu(window));
                TakeBack(window.Seq, part - own, inside);
                _all[place] = WindowAddition.WithoutCpu(_all[place], part, own);
            }
        }

        private double MostOf(int seq, ILookup<int, int> inside) =>
            OwnCpu(_all[_places[seq]]) + inside[seq].Where(_open.Contains).Sum(each => MostOf(each, inside));

        private static double OwnCpu(ReportWindow window) => Math.Max(0, Math.Min(window.Energy.SelfJoules, window.Energy.CpuJoules));

        private void Append(ReportWindow window)
        {
            _places[window.Seq] = _all.Count;
            _all.Add(window);
        }
    }
}
