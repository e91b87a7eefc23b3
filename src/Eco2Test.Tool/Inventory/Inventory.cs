using System.Text.Json.Serialization;

namespace Eco2Test.Tool;

/// <summary>What the runs of a year used and emitted, by place and by whose machine it was. Members carry their units in their names.</summary>
internal sealed record Inventory
{
    public string Schema { get; init; } = "eco2test-inventory-of-runs/v1";

    public required int Year { get; init; }

    /// <summary>Runs of the year, each counted once.</summary>
    public required int Runs { get; init; }

    public required IReadOnlyList<InventoryRow> Rows { get; init; }

    /// <summary>The rows by scope; what nobody confirmed is suggested, and what nothing is suggested for has no scope.</summary>
    public required IReadOnlyList<InventoryScope> Scopes { get; init; }

    public required InventoryFigures Total { get; init; }

    /// <summary>What a reader must know to use it.</summary>
    public required IReadOnlyList<InventoryNotice> Notices { get; init; }
}

/// <summary>The runs at one place, on machines of one kind of ownership.</summary>
internal sealed record InventoryRow
{
    public required string Place { get; init; }

    public required string Region { get; init; }

    public required string Name { get; init; }

    /// <summary>Whether nobody declared the place.</summary>
    public required bool Assumed { get; init; }

    public required string Ownership { get; init; }

    public required int Runs { get; init; }

    public required string Kind { get; init; }

    public required string Basis { get; init; }

    public required string Boundary { get; init; }

    /// <summary>The factors by which reports priced the energy.</summary>
    public required IReadOnlyList<InventoryFactor> Factors { get; init; }

    public required InventoryFigures Figures { get; init; }

    /// <summary>How direct and upstream were told apart, or why they were not.</summary>
    public required string Division { get; init; }

    /// <summary><c>contract</c>, <c>contract in part</c> or <c>location-based</c>.</summary>
    public required string MarketMethod { get; init; }

    /// <summary>Which contracts, or why the location-based figure stands for the market-based one.</summary>
    public required string MarketSource { get; init; }

    /// <summary>Scopes of the GHG Protocol; <see langword="null"/> where none is suggested.</summary>
    public required InventoryScopes? Scope { get; init; }

    /// <summary><c>suggested</c>, <c>confirmed</c> or <c>none</c>.</summary>
    public required string ScopeStatus { get; init; }
}

/// <summary>A factor by which reports priced energy.</summary>
internal sealed record InventoryFactor(double GramsPerKilowattHour, int? Year, string Source, double Pue, string PueSource);

/// <summary>The scopes of generating the electricity, of what comes before that, and of making the machine.</summary>
internal sealed record InventoryScopes(string Generation, string Upstream, string Embodied);

/// <summary>Energy and emissions. What is <see langword="null"/> is not known, which is not the same as none.</summary>
internal sealed record InventoryFigures
{
    public required double DeviceKilowattHours { get; init; }

    public required double LowDeviceKilowattHours { get; init; }

    public required double HighDeviceKilowattHours { get; init; }

    /// <summary>Device × PUE.</summary>
    public required double BuildingKilowattHours { get; init; }

    /// <summary>Location-based: as reports have it; direct, upstream and undivided make it.</summary>
    public required double LocationGrams { get; init; }

    /// <summary>By the bounds of the energy; the factors have none.</summary>
    public required double LowLocationGrams { get; init; }

    /// <summary>By the bounds of the energy; the factors have none.</summary>
    public required double HighLocationGrams { get; init; }

    /// <summary>By burning fuel.</summary>
    public double? DirectGrams { get; init; }

    /// <summary>By building plants and bringing fuel.</summary>
    public double? UpstreamGrams { get; init; }

    /// <summary>Both, where nobody says of which fuels the electricity is.</summary>
    public double? UndividedGrams { get; init; }

    /// <summary>Market-based, of generation: by contract where there is one, else location-based.</summary>
    public required double MarketGrams { get; init; }

    /// <summary>What making the machines emitted, over their life.</summary>
    public double? EmbodiedGrams { get; init; }

    /// <summary>Runs that know it.</summary>
    public required int EmbodiedRuns { get; init; }
}

/// <summary>What is in a scope; <see langword="null"/>: nothing is suggested.</summary>
internal sealed record InventoryScope(string? Scope, string Status, double? LocationGrams, double? MarketGrams, double? EmbodiedGrams);

/// <summary>What a reader must know, and of which runs.</summary>
internal sealed record InventoryNotice(string About, string Message, IReadOnlyList<InventoryRunName> Runs);

/// <summary>A run, for people who look for its report.</summary>
internal sealed record InventoryRunName(string Id, string Project, string? TargetFramework, DateTimeOffset StartedAt, string Path);

/// <summary>Serialization code made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Inventory))]
internal sealed partial class InventoryJsonContext : JsonSerializerContext
{
    /// <summary>Indented, and accents as they are: it is read by people and programs, not put into a page.</summary>
    public static InventoryJsonContext Readable { get; } = new(ReadableJson.Options());
}
