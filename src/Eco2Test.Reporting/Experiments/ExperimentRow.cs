using Eco2Test.Units;

namespace Eco2Test.Reporting;

/// <summary>What a tracker's file says of one stretch of work, in whichever format.</summary>
/// <param name="Line">The line in the file, from 1.</param>
/// <param name="Id">The run.</param>
/// <param name="Project">The project.</param>
/// <param name="Duration">Wall time.</param>
/// <param name="Energy">As the file has it, with its PUE.</param>
/// <param name="Emissions">CO2e.</param>
/// <param name="Cost">In whatever currency; <see langword="null"/> when the file does not say.</param>
internal sealed record ExperimentRow(int Line, string Id, string Project, TimeSpan Duration, Energy Energy, Emissions Emissions, double? Cost);
