using Eco2Test.Carbon;

namespace Eco2Test.Metering;

/// <summary>What prices the energy of a run: where it is declared to be, and beside that where it really is. A place that is none is said, never a silent default.</summary>
internal sealed class RunPrices
{
    private readonly RegionCatalog _places;

    public RunPrices(RunSettings settings)
    {
        _places = settings.Regions;
        DeclaredProblem = settings.Region is { } region ? ProblemOf(region, "ECO2TEST_REGION or Eco2TestRegion") : null;
        Declared = new PriceList(_places, DeclaredProblem is null ? settings.Region : null, settings.Pue);
        if (settings.ActualRegion is { } actual)
        {
            ActualProblem = ProblemOf(actual, "ECO2TEST_ACTUAL_REGION or Eco2TestActualRegion");
            Actual = ActualProblem is null ? new Price(_places.FindPlace(actual)!, Assumed: false, settings.Pue) : null;
        }
    }

    /// <summary>The prices of windows and of the run.</summary>
    public PriceList Declared { get; }

    /// <summary>Why the declared place of the run is none; no budget is judged then.</summary>
    public string? DeclaredProblem { get; }

    /// <summary>The price of where the run really is; <see langword="null"/> where nobody said. No budget hangs on it.</summary>
    public Price? Actual { get; }

    /// <summary>Why that place is none.</summary>
    public string? ActualProblem { get; }

    /// <summary>A window whose region is none is priced like the run, and no budget is judged with it.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="problem">What is to be said of it.</param>
    public WindowRequest Checked(WindowRequest request, out string? problem)
    {
        problem = null;
        if (request.Region is not { } region || _places.FindPlace(region) is not null)
        {
            return request;
        }

        problem = $"Region of {request.Id}: {_places.Explain(region)}";
        return request with
        {
            Region = null,
            Problem = request.HasBudget ? (request.Problem is null ? "" : request.Problem + "\n") + $"{DiagnosticCodes.SettingUnreadable}: {problem}" : null,
        };
    }

    private string? ProblemOf(string region, string saidBy) => _places.FindPlace(region) is null ? $"{saidBy}: {_places.Explain(region)}" : null;
}
