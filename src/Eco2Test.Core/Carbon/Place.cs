namespace Eco2Test.Carbon;

/// <summary>Where work runs: a grid, and the region of a cloud on it if it is one.</summary>
internal sealed record Place(GridIntensity Grid, CloudRegion? Cloud = null)
{
    /// <summary>What it is called: <c>FR</c>, <c>aws:eu-west-3</c>.</summary>
    public string Key => Cloud?.Key ?? Grid.Code;
}
