using System.Globalization;
using System.Runtime.CompilerServices;

namespace Eco2Test.Core.Tests;

/// <summary>Cultures that write numbers, letters and dates in other ways: nothing that is read or written may follow them.</summary>
internal static class HostileCulture
{
    /// <summary>The environment variable that runs this whole assembly under a culture, such as <c>de-DE</c>.</summary>
    public const string Variable = "ECO2TEST_TESTS_CULTURE";

    /// <summary>A decimal comma, a dotless i, another calendar and minus sign.</summary>
    public static TheoryData<string> Names { get; } = ["de-DE", "tr-TR", "ar-SA", "fa-IR", "sv-SE"];

    /// <summary>Runs an action under a culture.</summary>
    public static void Run(string name, Action action)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
        try
        {
            action();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [ModuleInitializer]
    internal static void RunThisAssemblyUnderIt()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name)
        {
            var culture = CultureInfo.GetCultureInfo(name);
            (CultureInfo.DefaultThreadCurrentCulture, CultureInfo.DefaultThreadCurrentUICulture) = (culture, culture);
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, culture);
        }
    }
}
