namespace Eco2Test.Metering;

/// <summary>What categories and traits are called, in the one way in which reports have them.</summary>
internal static class TestCategories
{
    /// <summary>The name of a trait that means a category: where there are only traits, it is how one is written.</summary>
    private const string Category = "Category";

    /// <summary>A trait as <c>name=value</c>; one without a value is a category.</summary>
    public static string Of(string name, string value) => value.Length == 0 ? name : name == Category ? value : $"{name}={value}";
}
