namespace Eco2Test.Generators.Model;

/// <summary>A row of the table, as it is written.</summary>
internal sealed record TableRow(string Target, TrackingSettings Settings, string? File, int Line);
