using System.Globalization;

namespace Eco2Test.TestKit;

/// <summary>The cultures under which text must be the same.</summary>
public static class InCulture
{
    /// <summary>Runs something on this thread in a culture, such as <c>de-DE</c>, where 1.5 is written 1,5.</summary>
    public static T Run<T>(string culture, Func<T> what)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            return what();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
