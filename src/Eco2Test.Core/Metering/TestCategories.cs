using System.Collections.Concurrent;
using System.Reflection;

namespace Eco2Test.Metering;

/// <summary>
/// The categories and traits of tests, as attributes on method, class and assembly say them. They are found by the form
/// that frameworks share, none of which is known here: an attribute named <c>Category</c> or <c>TestCategory</c> gives its
/// texts, one named <c>Trait</c>, <c>Property</c> or <c>TestProperty</c> a name and a value.
/// </summary>
internal sealed class TestCategories
{
    /// <summary>The name of a trait that means a category: where there are only traits, it is how one is written.</summary>
    private const string Category = "Category";

    private const string Suffix = "Attribute";

    private readonly ConcurrentDictionary<(Type Class, MethodInfo Method), IReadOnlyList<string>> _ofTests = new();
    private readonly ConcurrentDictionary<Type, IReadOnlyList<string>> _ofClasses = new();

    /// <summary>Each once: a category by its name, a trait as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Of(Type testClass, MethodInfo method) =>
        _ofTests.GetOrAdd((testClass, method), test => [.. OfMethod(test.Method).Concat(_ofClasses.GetOrAdd(test.Class, OfClass)).Distinct()]);

    /// <summary>A trait as it is written here; one without a value is a category.</summary>
    public static string Of(string name, string value) => value.Length == 0 ? name : name == Category ? value : $"{name}={value}";

    private static IEnumerable<string> OfMethod(MethodInfo method)
    {
        var own = Read(method.CustomAttributes);
        return method.GetBaseDefinition() is { } declared && declared != method ? own.Concat(Read(declared.CustomAttributes)) : own;
    }

    private static IReadOnlyList<string> OfClass(Type testClass)
    {
        var categories = new List<string>();
        for (var type = testClass; type is not null && type != typeof(object); type = type.BaseType)
        {
            categories.AddRange(Read(type.CustomAttributes));
        }

        categories.AddRange(Read(testClass.Assembly.CustomAttributes));
        return categories;
    }

    private static IEnumerable<string> Read(IEnumerable<CustomAttributeData> attributes) => attributes.SelectMany(Of);

    private static IEnumerable<string> Of(CustomAttributeData attribute)
    {
        for (var type = attribute.AttributeType; type is not null && type != typeof(Attribute); type = type.BaseType)
        {
            switch (type.Name)
            {
                case "TraitAttribute" or "PropertyAttribute" or "TestPropertyAttribute":
                    return Texts(attribute) is [var name, var value] ? [Of(name, value)] : [];

                case "CategoryAttribute" or "TestCategoryAttribute":
                    return Texts(attribute) is { Count: > 0 } texts ? texts : OwnName(attribute, type);

                default:
                    break;
            }
        }

        return [];
    }

    /// <summary>A category with a type of its own, <c>class SlowAttribute : CategoryAttribute</c>, is called by it.</summary>
    private static IEnumerable<string> OwnName(CustomAttributeData attribute, Type category)
    {
        var name = attribute.AttributeType.Name;
        return attribute.AttributeType == category ? [] : [name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : name];
    }

    private static List<string> Texts(CustomAttributeData attribute)
    {
        var texts = new List<string>();
        foreach (var argument in attribute.ConstructorArguments)
        {
            if (argument.Value is string text)
            {
                texts.Add(text);
            }
            else if (argument.Value is IReadOnlyCollection<CustomAttributeTypedArgument> several)
            {
                texts.AddRange(several.Select(one => one.Value).OfType<string>());
            }
        }

        return texts;
    }
}
