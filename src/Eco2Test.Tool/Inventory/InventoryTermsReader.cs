using System.Globalization;
using System.Text.Json;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>Reads the user's file of contracts, mixes and scopes, and says of each row that cannot be used which it is and what would be right.</summary>
internal sealed class InventoryTermsReader
{
    /// <summary>The scopes that can be confirmed: purchased electricity, purchased services, upstream leased assets.</summary>
    private static readonly string[] Scopes = ["2", "3.1", "3.8"];

    private const double MostGramsPerKilowattHour = 5_000;

    // Shares of statistics are rounded.
    private const double RoundedAway = 0.01;

    private readonly string _path;
    private readonly InventoryTermsJson _file;
    private string _row = "";

    private InventoryTermsReader(string path)
    {
        _path = path;
        try
        {
            _file = JsonSerializer.Deserialize(InventoryFile.Read(path), InventoryTermsJsonContext.Default.InventoryTermsJson) ?? throw Wrong("it is the JSON value null");
        }
        catch (JsonException fault)
        {
            throw Wrong(fault.Message);
        }

        if (_file.Schema != InventoryTermsJson.CurrentSchema)
        {
            throw Wrong($"its schema is '{_file.Schema}', not '{InventoryTermsJson.CurrentSchema}'");
        }
    }

    /// <summary>Reads contracts and mixes from one file, and scopes from another or the same.</summary>
    public static InventoryTerms Read(string? contracts, string? scopes)
    {
        var terms = InventoryTerms.None;
        if (contracts is not null)
        {
            var reader = new InventoryTermsReader(contracts);
            terms = terms with { Contracts = reader.Contracts(), Mixes = reader.Mixes() };
        }

        return scopes is null ? terms : terms with { ConfirmedScopes = new InventoryTermsReader(scopes).ConfirmedScopes() };
    }

    private List<InventoryContract> Contracts()
    {
        var contracts = new List<InventoryContract>();
        foreach (var row in Rows(_file.Contracts, "contracts"))
        {
            var contract = Contract(row);
            if (contracts.Find(contract.Overlaps) is { } other)
            {
                throw Wrong($"it is for the same time and machines of {contract.Place} as '{other.Instrument}'");
            }

            contracts.Add(contract);
        }

        return contracts;
    }

    private InventoryContract Contract(ContractJson row)
    {
        if (row.GramsPerKilowattHour is not (>= 0 and <= MostGramsPerKilowattHour))
        {
            throw Wrong($"{Number(row.GramsPerKilowattHour)} g/kWh is no factor of a contract; write 0 to {Number(MostGramsPerKilowattHour)}");
        }

        if (row.To < row.From)
        {
            throw Wrong("it ends before it begins");
        }

        return new InventoryContract(
            PlaceOf(row.Place),
            [.. (row.Ownership ?? [Ownerships.Owned, Ownerships.Leased]).Select(OwnershipOf)],
            CarbonIntensity.FromGramsPerKilowattHour(row.GramsPerKilowattHour),
            Said(row.Instrument, "instrument"), row.From, row.To);
    }

    private Dictionary<string, InventoryMix> Mixes()
    {
        var factors = FuelFactor.All().ToDictionary(factor => factor.Fuel, StringComparer.Ordinal);
        var mixes = new Dictionary<string, InventoryMix>(StringComparer.Ordinal);
        foreach (var row in Rows(_file.Mixes, "mixes"))
        {
            var mix = new InventoryMix(PlaceOf(row.Place), DirectShareOf(row.Shares, factors), Said(row.Source, "source"));
            if (!mixes.TryAdd(mix.Place, mix))
            {
                throw Wrong($"{mix.Place} has a mix already");
            }
        }

        return mixes;
    }

    private double DirectShareOf(Dictionary<string, double> shares, Dictionary<string, FuelFactor> factors)
    {
        foreach (var (fuel, share) in shares)
        {
            if (!factors.ContainsKey(fuel))
            {
                throw Wrong($"'{fuel}' is no fuel of the table; write {string.Join(", ", factors.Keys)}");
            }

            if (share is not (>= 0 and <= 1))
            {
                throw Wrong($"{Number(share)} is no share of {fuel}; write 0 to 1");
            }
        }

        var sum = shares.Values.Sum();
        return Math.Abs(sum - 1) <= RoundedAway
            ? shares.Sum(part => part.Value * factors[part.Key].Direct.GramsPerKilowattHour) / shares.Sum(part => part.Value * factors[part.Key].Lifecycle.GramsPerKilowattHour)
            : throw Wrong($"its shares make {Number(Math.Round(sum, 3))}, not 1");
    }

    private Dictionary<(string Place, string Ownership), string> ConfirmedScopes()
    {
        var scopes = new Dictionary<(string, string), string>();
        foreach (var row in Rows(_file.Scopes, "scopes"))
        {
            // By the words of the inventory, in which a place can be an assumed one.
            var key = (row.Place, OwnershipOf(row.Ownership));
            if (!row.Confirmed)
            {
                continue;
            }

            if (row.Scope is null || !Scopes.Contains(row.Scope))
            {
                throw Wrong($"{(row.Scope is null ? "no scope" : $"'{row.Scope}'")} cannot be confirmed; write one of {string.Join(", ", Scopes)}");
            }

            if (!scopes.TryAdd(key, row.Scope))
            {
                throw Wrong($"{row.Place}, {row.Ownership} is confirmed already");
            }
        }

        return scopes;
    }

    /// <summary>The rows of a list, one after the other: what is wrong then is wrong with that one.</summary>
    private IEnumerable<T> Rows<T>(List<T?>? rows, string name)
        where T : class
    {
        for (var index = 0; index < rows?.Count; index++)
        {
            _row = $"{name}[{index.ToString(CultureInfo.InvariantCulture)}]: ";
            yield return rows[index] ?? throw Wrong("it is null");
        }
    }

    private string PlaceOf(string? text) => RegionCatalog.Default.FindPlace(text ?? "")?.Key ?? throw Wrong(RegionCatalog.Default.Explain(text ?? ""));

    private string OwnershipOf(string? word) =>
        Ownerships.All.FirstOrDefault(known => known == word) ?? throw Wrong($"'{word}' is no ownership; write {string.Join(", ", Ownerships.All)}");

    private string Said(string? text, string member) => string.IsNullOrWhiteSpace(text) ? throw Wrong($"its {member} is empty; say what the figure is from") : text.Trim();

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private InputException Wrong(string problem) => new(ToolCodes.InventoryFileUnusable, $"'{_path}' cannot be used: {_row}{problem.TrimEnd('.')}.");
}
