using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>What the user adds to an inventory, because no report can know it.</summary>
/// <param name="Contracts">Factors of contracts.</param>
/// <param name="Mixes">Of which fuels the electricity of a place is.</param>
/// <param name="ConfirmedScopes">The scope of the GHG Protocol that the user has confirmed, by place and ownership.</param>
internal sealed record InventoryTerms(
    IReadOnlyList<InventoryContract> Contracts, IReadOnlyDictionary<string, InventoryMix> Mixes, IReadOnlyDictionary<(string Place, string Ownership), string> ConfirmedScopes)
{
    /// <summary>Without a file.</summary>
    public static InventoryTerms None { get; } = new([], new Dictionary<string, InventoryMix>(), new Dictionary<(string, string), string>());

    /// <summary>The contract for electricity at a place on a day; <see langword="null"/> when there is none.</summary>
    public InventoryContract? ContractOf(string place, string ownership, DateTimeOffset at) =>
        Contracts.FirstOrDefault(contract => contract.Place == place && contract.Ownership.Contains(ownership) && contract.Covers(DateOnly.FromDateTime(at.UtcDateTime)));
}

/// <summary>What a contract says that the electricity emits which the organisation buys.</summary>
/// <param name="Place">For which place.</param>
/// <param name="Ownership">For whose machines.</param>
/// <param name="Intensity">By its generation.</param>
/// <param name="Instrument">What kind of contract it is.</param>
/// <param name="From">The first day, UTC.</param>
/// <param name="To">The last day, inclusive.</param>
internal sealed record InventoryContract(string Place, IReadOnlyList<string> Ownership, CarbonIntensity Intensity, string Instrument, DateOnly From, DateOnly To)
{
    public bool Covers(DateOnly day) => From <= day && day <= To;

    public bool Overlaps(InventoryContract other) => Place == other.Place && From <= other.To && other.From <= To && Ownership.Intersect(other.Ownership).Any();
}

/// <summary>Of which fuels the electricity of a place is.</summary>
/// <param name="Place">The place.</param>
/// <param name="DirectShare">The part of its lifecycle emissions that comes from burning: <c>Σ share × direct ÷ Σ share × lifecycle</c>.</param>
/// <param name="Source">Who says so.</param>
internal sealed record InventoryMix(string Place, double DirectShare, string Source);
