using ConsoleTracking;
using Eco2Test;

// What a training costs, epoch by epoch: dotnet run --project samples/ConsoleTracking -- emission.csv
var file = args.Length > 0 ? args[0] : "emission.csv";

Console.WriteLine("Devices:");
foreach (var device in EmissionsTracker.AvailableDevices())
{
    Console.WriteLine($"  {device}");
}

var tracker = new EmissionsTracker(new EmissionsTrackerOptions
{
    ProjectName = "line",
    ExperimentDescription = "gradient descent, 4 epochs",
    FileName = file,
    Region = "FR",
    ElectricityPrice = "22:00-06:00 0.16 EUR/kWh | 06:00-22:00 0.25 EUR/kWh @ Europe/Paris",
});

var model = new LinearModel(features: 200);
tracker.StartTraining();
for (var epoch = 1; epoch <= 4; epoch++)
{
    var loss = model.Train(passes: 40);
    tracker.NewEpoch(("loss", loss), ("passes", 40));
}

var result = tracker.Stop();
Console.WriteLine($"\nTraining used {result.Energy} ({result.Measurement.EnergyLow} to {result.Measurement.EnergyHigh}, {result.Measurement.Provenance}), emitted {result.Emissions} of CO2e at {result.Intensity.GramsPerKilowattHour} g/kWh ({result.Intensity.Name}, {result.Intensity.Year}), and cost {result.Cost!.Amount:0.0e+0} EUR.");
foreach (var epoch in result.Epochs)
{
    Console.WriteLine($"  epoch {epoch.Number}: {epoch.Measurement.Energy}, loss {epoch.Parameters["loss"]:0.0000}");
}

// The same around a method: an exception of it would pass as it is.
EmissionsTracker.Track(new() { ProjectName = "prediction", FileName = file, Region = "FR" }, () => model.Train(passes: 20));

Console.WriteLine($"\n{result.FilePath}:");
var summary = EmissionsTracker.Summary(file);
foreach (var project in summary.Projects.Append(summary.All))
{
    Console.WriteLine($"  {project.Name,-18}{project.Rows,3} rows  {project.Energy,-9}{project.Emissions}");
}

return result.FileProblem is null && summary.Skipped.Count == 0 ? 0 : 1;
