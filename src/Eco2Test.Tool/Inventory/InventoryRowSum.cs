using System.Globalization;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>Adds up what becomes a row: the runs at one place, on machines of one kind of ownership.</summary>
internal sealed class InventoryRowSum(InventoryPlace place, string ownership, InventoryTerms terms)
{
    private readonly HashSet<InventoryFactor> _factors = [];
    private readonly SortedSet<string> _contracts = new(StringComparer.Ordinal);
    private InventoryAmounts _amounts;
    private Emissions _byContract;
    private Emissions _withoutContract;
    private int _runs;
    private int _runsWithoutContract;
    private int _embodiedRuns;

    /// <summary>Adds what a run has here.</summary>
    public void Add(InventoryRun run, InventoryPart part)
    {
        _runs++;
        _embodiedRuns += run.KnowsEmbodied ? 1 : 0;
        _amounts += part.Amounts;
        _factors.Add(part.Factor);
        if (terms.ContractOf(place.Key, ownership, run.StartInYear) is { } contract)
        {
            _contracts.Add($"{contract.Instrument} ({contract.Intensity}, {Day(contract.From)} to {Day(contract.To)})");
            _byContract += Energy.FromJoules(part.Amounts.BuildingJoules) * contract.Intensity;
        }
        else
        {
            _runsWithoutContract++;
            _withoutContract += Emissions.FromGrams(part.Amounts.Grams);
        }
    }

    /// <summary>The row.</summary>
    public InventoryRow Row()
    {
        var (directShare, division) = Division();
        var (status, scope) = ScopeOf();
        return new InventoryRow
        {
            Place = place.Key,
            Region = place.Region,
            Name = place.Name,
            Assumed = place.Assumed,
            Ownership = ownership,
            Runs = _runs,
            Kind = place.Kind,
            Basis = place.Basis,
            Boundary = place.Boundary,
            Factors = [.. _factors.OrderBy(factor => factor.Year).ThenBy(factor => factor.GramsPerKilowattHour).ThenBy(factor => factor.Pue).ThenBy(factor => factor.Source, StringComparer.Ordinal)],
            Figures = new InventoryFigures
            {
                DeviceKilowattHours = KilowattHours(_amounts.DeviceJoules),
                LowDeviceKilowattHours = KilowattHours(_amounts.LowDeviceJoules),
                HighDeviceKilowattHours = KilowattHours(_amounts.HighDeviceJoules),
                BuildingKilowattHours = KilowattHours(_amounts.BuildingJoules),
                LocationGrams = _amounts.Grams,
                LowLocationGrams = _amounts.LowGrams,
                HighLocationGrams = _amounts.HighGrams,
                DirectGrams = _amounts.Grams * directShare,
                UpstreamGrams = place.Basis == "lifecycle" ? _amounts.Grams - (_amounts.Grams * directShare) : null,
                UndividedGrams = directShare is null ? _amounts.Grams : null,
                MarketGrams = _byContract.Grams + (_withoutContract.Grams * (directShare ?? 1)),
                EmbodiedGrams = _embodiedRuns > 0 ? _amounts.EmbodiedGrams : null,
                EmbodiedRuns = _embodiedRuns,
            },
            Division = division,
            MarketMethod = _contracts.Count == 0 ? "location-based" : _runsWithoutContract == 0 ? "contract" : "contract in part",
            MarketSource = MarketSource(),
            Scope = scope,
            ScopeStatus = status,
        };
    }

    /// <summary>The part that comes from burning fuel; <see langword="null"/>: nobody says.</summary>
    private (double? DirectShare, string How) Division() => place.Basis switch
    {
        "direct" => (1, "the factor is direct: upstream is not in it, and not known"),
        "lifecycle" when terms.Mixes.TryGetValue(place.Key, out var mix) =>
            (mix.DirectShare, string.Create(CultureInfo.InvariantCulture, $"{mix.DirectShare * 100:0.#} % of the lifecycle is direct, by the mix: {mix.Source}")),
        "lifecycle" => (null, "the factor is of the lifecycle, and no mix tells direct from upstream"),
        _ => (null, $"the basis of the factor is {place.Basis}"),
    };

    private string MarketSource()
    {
        const string NoContract = "no contract, and the residual mix is not known: location-based";
        return _contracts.Count == 0 ? NoContract
            : _runsWithoutContract == 0 ? string.Join("; ", _contracts)
            : $"{string.Join("; ", _contracts)}; for the rest {NoContract}";
    }

    private (string Status, InventoryScopes? Scope) ScopeOf()
    {
        var confirmed = terms.ConfirmedScopes.GetValueOrDefault((place.Key, ownership));
        return confirmed is not null ? ("confirmed", ScopesOf(confirmed))
            : Suggested(ownership) is { } suggested ? ("suggested", ScopesOf(suggested))
            : ("none", null);
    }

    /// <summary>The scope that goes with the ownership; <see langword="null"/> where only the user can know it.</summary>
    private static string? Suggested(string ownership) => ownership switch
    {
        Ownerships.Owned or Ownerships.Leased => "2",
        Ownerships.Hosted => "3.1",
        _ => null,
    };

    /// <summary>Upstream of electricity that is bought is category 3.3, and the machine that uses it 3.2; what others sell as a service, or lease, contains both.</summary>
    private static InventoryScopes ScopesOf(string scope) => scope == "2" ? new("2", "3.3", "3.2") : new(scope, scope, scope);

    private static double KilowattHours(double joules) => Energy.FromJoules(joules).KilowattHours;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
