using System.Reflection;

namespace Eco2Test.Metering;

/// <summary>What the attributes of one assembly ask for, looked up by the method that runs: method, else class, else assembly.</summary>
internal sealed class TrackedTable
{
    private readonly Dictionary<string, TrackedRow> _rows = new(StringComparer.Ordinal);

    /// <summary>The region that every row declares, if they agree: where untracked work is declared to run too.</summary>
    public string? CommonRegion { get; }

    public TrackedTable(IEnumerable<TrackedRow> rows)
    {
        foreach (var row in rows)
        {
            _rows[row.Target] = row;
        }

        var regions = _rows.Values.Where(row => row.Enabled).Select(row => row.Region).Distinct(StringComparer.OrdinalIgnoreCase).Take(2).ToList();
        CommonRegion = regions.Count == 1 ? regions[0] : null;
        Methods = new TestMethods(this);
    }

    /// <summary>The test methods that have run.</summary>
    public TestMethods Methods { get; }

    /// <summary>The row for a method that runs in a class, which may inherit it; <see langword="null"/> when it is not tracked.</summary>
    public TrackedRow? Find(Type testClass, MethodInfo method)
    {
        if (_rows.TryGetValue(TargetOf(method), out var ofMethod) || _rows.TryGetValue(TargetOf(method.GetBaseDefinition()), out ofMethod))
        {
            return ofMethod;
        }

        return OfClass(testClass) ?? _rows.GetValueOrDefault("");
    }

    /// <summary>
    /// The row for what the tests of a class share: that of the class, else of any of its tests that is tracked, else of the
    /// assembly. What a class without tests sets up is shared by all tests of its namespace: the first of them counts.
    /// </summary>
    public TrackedRow? FindFixture(Type fixture, bool isOfNamespace)
    {
        if (OfClass(fixture) is { } ofClass)
        {
            return ofClass;
        }

        var row = isOfNamespace ? OfTests(fixture.Namespace is { } name ? name + "." : "") : null;
        for (Type? type = isOfNamespace ? null : fixture; type is not null && row is null; type = type.BaseType)
        {
            row = OfTests(TargetOf(type) + ".");
        }

        return row ?? _rows.GetValueOrDefault("");
    }

    private TrackedRow? OfTests(string start) => _rows.Values.FirstOrDefault(row => row.Enabled && row.Target.StartsWith(start, StringComparison.Ordinal));

    private TrackedRow? OfClass(Type testClass)
    {
        for (Type? type = testClass; type is not null; type = type.BaseType)
        {
            for (Type? outer = type; outer is not null; outer = outer.DeclaringType)
            {
                if (_rows.TryGetValue(TargetOf(outer), out var ofClass))
                {
                    return ofClass;
                }
            }
        }

        return null;
    }

    /// <summary>The row of a target by its name.</summary>
    public TrackedRow? Find(string target) => _rows.GetValueOrDefault(target);

    private static string TargetOf(MethodInfo method)
    {
        var declaring = method.DeclaringType!;
        var definition = Definition(declaring);

        // The parameters as they are declared, not as a closed generic class or method has them.
        MethodBase declared = method is { IsGenericMethod: true, IsGenericMethodDefinition: false } ? method.GetGenericMethodDefinition() : method;
        if (definition != declaring)
        {
            declared = MethodBase.GetMethodFromHandle(declared.MethodHandle, definition.TypeHandle) ?? declared;
        }

        var parameters = string.Join(',', declared.GetParameters().Select(parameter => parameter.ParameterType.Name));
        return $"{TargetOf(definition)}.{declared.Name}({parameters})";
    }

    private static string TargetOf(Type type) => Definition(type).FullName ?? type.Name;

    private static Type Definition(Type type) => type is { IsGenericType: true, IsGenericTypeDefinition: false } ? type.GetGenericTypeDefinition() : type;
}
