namespace Eco2Test.Generators.Model;

/// <summary>Names of the run-time and of MSBuild that the generator relies on.</summary>
internal static class KnownNames
{
    public const string Attribute = "Eco2Test.TrackEmissionsAttribute";
    public const string Register = "Eco2Test.Runtime.TrackedMethods";
    public const string ModuleInitializer = "System.Runtime.CompilerServices.ModuleInitializerAttribute";
    public const string ProjectDirectory = "build_property.ProjectDir";
    public const string ProjectDirectoryFallback = "build_property.MSBuildProjectDirectory";
    public const string Skip = "build_property.Eco2TestSkip";
    public const string Intercept = "build_property.Eco2TestIntercept";
    public const string GeneratedNamespace = "Eco2Test.Generated";
    public const string SettingsFile = "build_property.Eco2TestSettingsFile";
    public const string EnergyBudget = "build_property.Eco2TestEnergyBudget";
    public const string EmissionsBudget = "build_property.Eco2TestEmissionsBudget";
    public const string RunEnergyBudget = "build_property.Eco2TestRunEnergyBudget";
    public const string RunEmissionsBudget = "build_property.Eco2TestRunEmissionsBudget";
    public const string Regions = "build_property._Eco2TestRegionsOfProperty";
    public const string Region = "build_property.Eco2TestRegion";
}
