using System.Globalization;
using System.Reflection;
using Eco2Test.Carbon;
using Eco2Test.Units;

namespace Eco2Test.Tool;

/// <summary>An estimate, and what is said about it in every format.</summary>
/// <param name="Estimate">The figures.</param>
/// <param name="Utilization">What the user said of it; <see langword="null"/>: nothing.</param>
/// <param name="DeviceNotes">What was taken for what, and which figures are doubtful.</param>
internal sealed record EstimateResult(Estimate Estimate, double? Utilization, IReadOnlyList<string> DeviceNotes)
{
    public static string Version { get; } =
        typeof(EstimateResult).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    public string Hours => $"{QuantityText.Digits(Estimate.Time.TotalHours)} h";

    public IEnumerable<string> Devices => Estimate.Devices.Select(device => device.Count == 1 ? device.Name : string.Create(CultureInfo.InvariantCulture, $"{device.Count} × {device.Name}"));

    public string Utilized => Utilization?.ToString(CultureInfo.InvariantCulture) ?? "";

    /// <summary>Of the grid in full: an intensity of 383.55 is written so that it can be found in the table.</summary>
    public string Intensity => string.Create(CultureInfo.InvariantCulture, $"{Estimate.Price.Grid.Intensity.GramsPerKilowattHour} g/kWh");

    /// <summary>Of which place, how it is known, from when and whom.</summary>
    public string IntensityOrigin
    {
        get
        {
            var (price, grid) = (Estimate.Price, Estimate.Price.Grid);
            return grid.Source == EstimatePrice.Given
                ? "as given"
                : $"{grid.Name}, {grid.Kind}, {grid.Basis}, {grid.Boundary}, {grid.Year?.ToString(CultureInfo.InvariantCulture) ?? "undated"}, {grid.Source}{(price.Assumed ? ", assumed" : "")}";
        }
    }

    public string Pue => Estimate.Price.Pue.ToString(CultureInfo.InvariantCulture);

    public string PueOrigin => Estimate.Price.Report.PueSource switch
    {
        "set" => "as given",
        "none" => "none is known of this place, nothing is added",
        var source => source ?? "",
    };

    /// <summary>What a reader must know beside the figures.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            List<string> notes = [.. DeviceNotes];
            if (Utilization is null && Estimate.Power.Central is null)
            {
                notes.Add("Nothing says how busy the devices are: these are bounds, from rest to full load. --utilization gives a figure.");
            }

            if (Estimate.Price.Assumed)
            {
                notes.Add("No region was named: the world is assumed. Set --region.");
            }

            if (Estimate.Price.Grid.Note is { } note)
            {
                notes.Add($"{Estimate.Price.Grid.Code}: {note}.");
            }

            return notes;
        }
    }

    public static string Text(Energy energy) => QuantityText.Write(energy.WattHours, QuantityText.WattHours);

    public static string Text(Emissions emissions) => $"{emissions} CO2e";

    /// <summary>How many of something emit as much; bounds where there is no central figure.</summary>
    public Estimated<double> CountOf(Equivalent equivalent) => Estimate.Emissions.Select(emissions => emissions / equivalent.Each);
}
