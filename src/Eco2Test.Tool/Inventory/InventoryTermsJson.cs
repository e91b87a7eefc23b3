using System.Text.Json;
using System.Text.Json.Serialization;

namespace Eco2Test.Tool;

/// <summary>The user's file as it is written: what reports cannot know.</summary>
internal sealed record InventoryTermsJson
{
    public const string CurrentSchema = "eco2test-inventory/v1";

    public required string Schema { get; init; }

    public List<ContractJson?>? Contracts { get; init; }

    public List<MixJson?>? Mixes { get; init; }

    public List<ScopeJson?>? Scopes { get; init; }
}

/// <summary>What a contract says that the electricity emits which the organisation buys at a place.</summary>
internal sealed record ContractJson
{
    public required string Place { get; init; }

    public required double GramsPerKilowattHour { get; init; }

    /// <summary>Such as <c>guarantees of origin, hydro</c>, or <c>residual mix</c>.</summary>
    public required string Instrument { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>The last day, inclusive.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Whose machines it feeds; without it those that are owned or leased.</summary>
    public List<string?>? Ownership { get; init; }
}

/// <summary>Of which fuels the electricity of a place is.</summary>
internal sealed record MixJson
{
    public required string Place { get; init; }

    public required string Source { get; init; }

    /// <summary>Shares by the fuels of <c>fuel-factors.csv</c>; they make 1.</summary>
    public required Dictionary<string, double> Shares { get; init; }
}

/// <summary>In which scope of the GHG Protocol the user counts a row.</summary>
internal sealed record ScopeJson
{
    public required string Place { get; init; }

    public required string Ownership { get; init; }

    /// <summary><c>2</c>, <c>3.1</c> or <c>3.8</c>; <see langword="null"/> where none is suggested.</summary>
    public string? Scope { get; init; }

    public required bool Confirmed { get; init; }
}

/// <summary>Serialization code made at compile time; a member that nobody knows is a mistake that is said.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, WriteIndented = true, NewLine = "\n")]
[JsonSerializable(typeof(InventoryTermsJson))]
internal sealed partial class InventoryTermsJsonContext : JsonSerializerContext;
