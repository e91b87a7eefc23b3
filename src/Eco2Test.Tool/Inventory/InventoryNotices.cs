namespace Eco2Test.Tool;

/// <summary>What a reader of an inventory must know: what was assumed, what may be missing, what cannot be added up without saying so.</summary>
internal static class InventoryNotices
{
    public static IReadOnlyList<InventoryNotice> Of(IReadOnlyList<InventoryRun> runs, IReadOnlyList<InventoryRun> duplicates, IReadOnlyList<InventoryRow> rows, InventoryTerms terms) =>
        [.. OfRuns(runs, duplicates).Where(notice => notice.Runs.Count > 0), .. OfRows(rows, terms)];

    private static IEnumerable<InventoryNotice> OfRuns(IReadOnlyList<InventoryRun> runs, IReadOnlyList<InventoryRun> duplicates)
    {
        yield return About("duplicate", "Other reports of runs that are counted once; of two the one that lasted longer counts.", duplicates);
        yield return About("same-identity", "Runs of one identity that started at different times: counted as different runs.",
            runs.GroupBy(run => run.Key with { StartedAt = default }).Where(same => same.Skip(1).Any()).SelectMany(same => same));
        yield return About("assumed", "Nobody declared where these ran: their emissions are those of an assumed place, and belong in no inventory before it is known. Set ECO2TEST_REGION.",
            runs.Where(run => run.Parts.Any(part => part.Place.Assumed)));
        yield return About("ran-elsewhere", "These ran elsewhere than they were declared to, and are counted where they ran (ECO2TEST_ACTUAL_REGION): their reports and budgets have the declared place first.",
            runs.Where(run => run.RanElsewhere));
        yield return About("incomplete", "These were cut off: energy of their last second, or of windows that were open, is missing.", runs.Where(run => run.IsIncomplete));
        yield return About("fault", "Sensors or journals of these failed for a time: energy may be missing.", runs.Where(run => run.HasFaults));
        yield return About("not-measurable", "These have windows that were too short to be told, or budgets that could not be judged; their energy is in the sums, within wider bounds.", runs.Where(run => run.NotMeasurable > 0));
        yield return About("not-conserved", "The windows and the untracked energy of these do not make the total that they state: somebody changed the files. The sum of the parts is counted.", runs.Where(run => !run.IsConserved));
        yield return About("divided", "These went on into another year, and are divided by when they used their energy.", runs.Where(run => run.Turn is { Crosses: true, IsDivided: true }));
        yield return About("not-divided", "These went on into another year and do not say when they used their energy: they are counted whole in the year in which they started.", runs.Where(run => run.Turn is { Crosses: true, IsDivided: false }));
    }

    private static IEnumerable<InventoryNotice> OfRows(IReadOnlyList<InventoryRow> rows, InventoryTerms terms)
    {
        if (rows.Select(row => row.Basis).Distinct().Count() > 1)
        {
            yield return About("basis", $"The total adds factors of different bases ({string.Join(", ", rows.Select(row => row.Basis).Distinct())}): it is no like-for-like sum. Use the rows.");
        }

        if (rows.Any(row => row.Basis == "direct"))
        {
            yield return About("upstream-missing", $"Upstream emissions (category 3.3) are not known, and not zero, of: {Names(rows.Where(row => row.Basis == "direct"))}.");
        }

        if (rows.Any(row => row.Figures.UndividedGrams is not null))
        {
            yield return About("undivided", $"Direct and upstream are not told apart of: {Names(rows.Where(row => row.Figures.UndividedGrams is not null))}. What cannot be divided is counted with the generation. Give a mix with --contracts.");
        }

        if (rows.Any(row => row.MarketMethod != "contract"))
        {
            yield return About("residual-mix", $"The market-based figure is the location-based one, wholly or in part, since no contract is given and the residual mix is not known, of: {Names(rows.Where(row => row.MarketMethod != "contract"))}. The GHG Protocol wants that said.");
        }

        if (rows.Where(row => row.MarketMethod == "location-based" && terms.Contracts.Any(contract => contract.Place == row.Place && !contract.Ownership.Contains(row.Ownership))).ToList() is { Count: > 0 } passedOver)
        {
            yield return About("contract-not-used", $"A contract is given for the place, but not for machines of that ownership: {Names(passedOver)}. Electricity of a host is bought by the host.");
        }

        if (rows.Any(row => row.Scope is null))
        {
            yield return About("scope-missing", $"No scope is suggested, since reports do not say whose machine it was: {Names(rows.Where(row => row.Scope is null))}. Set ECO2TEST_RUNNER_OWNERSHIP, or confirm a scope with --confirm.");
        }

        if (rows.Any(row => row.Figures.EmbodiedRuns < row.Runs))
        {
            yield return About("embodied-missing", "Embodied emissions are of the runs that know them only; of the others they are missing, not zero.");
        }

        if (rows.Any(row => row.Scope?.Embodied == "3.2" && row.Figures.EmbodiedGrams is not null))
        {
            yield return About("embodied-method", "Embodied emissions are spread over the life of the machine. Category 3.2 of the GHG Protocol counts a machine whole in the year in which it is bought: do not add both.");
        }
    }

    private static string Names(IEnumerable<InventoryRow> rows) => string.Join("; ", rows.Select(row => $"{row.Place}, {row.Ownership}"));

    private static InventoryNotice About(string about, string message) => new(about, message, []);

    private static InventoryNotice About(string about, string message, IEnumerable<InventoryRun> runs) =>
        new(about, message, [.. runs.Select(run => new InventoryRunName(run.Key.Id, run.Key.Project, run.Key.TargetFramework, run.Key.StartedAt, run.Path))]);
}
