using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Eco2Test.Metering;

/// <summary>The test methods of an assembly, each looked up once: reflection takes longer than opening a window.</summary>
internal sealed class TestMethods(TrackedTable table)
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    private readonly ConcurrentDictionary<(Type TestClass, MethodInfo Method), TestMethod> _known = new();
    private readonly ConcurrentDictionary<(Type TestClass, string Name), MethodInfo[]> _named = new();

    public TestMethod Of(Type testClass, MethodInfo method) =>
        _known.GetOrAdd((testClass, method), static (key, rows) => new(key.TestClass, key.Method, rows.Find(key.TestClass, key.Method)), table);

    /// <summary>The overload with these parameters, else with as many; <see langword="null"/> when there is none.</summary>
    public MethodInfo? Find(Type testClass, string name, Type[] parameters)
    {
        var named = Named(testClass, name);
        return Array.Find(named, candidate => Types(candidate).SequenceEqual(parameters))
            ?? Array.Find(named, candidate => candidate.GetParameters().Length == parameters.Length);
    }

    /// <summary>
    /// The overload that takes these arguments; of several the one whose parameters are of the arguments' very types. A
    /// framework that tells none gets the one without parameters, else the first.
    /// </summary>
    public MethodInfo? Find(Type testClass, string name, object?[]? arguments)
    {
        var named = Named(testClass, name);
        if (named.Length < 2)
        {
            return named.FirstOrDefault();
        }

        var given = arguments ?? [];
        return Array.Find(named, candidate => Takes(candidate, given, exactly: true))
            ?? Array.Find(named, candidate => Takes(candidate, given, exactly: false))
            ?? Array.Find(named, candidate => candidate.GetParameters().Length == given.Length)
            ?? named[0];
    }

    /// <summary>Methods of a name, those of the class itself before those it inherits and may hide.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A test class is kept by its framework; it is not trimmed.")]
    [UnconditionalSuppressMessage("Trimming", "IL2080", Justification = "As above.")]
    private MethodInfo[] Named(Type testClass, string name) => _named.GetOrAdd(
        (testClass, name),
        static key => [.. key.TestClass.GetMethods(Any).Where(candidate => candidate.Name == key.Name).OrderBy(candidate => candidate.DeclaringType == key.TestClass ? 0 : 1)]);

    private static IEnumerable<Type> Types(MethodInfo method) => method.GetParameters().Select(parameter => parameter.ParameterType);

    private static bool Takes(MethodInfo method, object?[] arguments, bool exactly)
    {
        var parameters = method.GetParameters();
        return parameters.Length == arguments.Length && !parameters.Where((parameter, index) => !Takes(parameter.ParameterType, arguments[index], exactly)).Any();
    }

    private static bool Takes(Type parameter, object? argument, bool exactly)
    {
        var type = Nullable.GetUnderlyingType(parameter) ?? parameter;
        return argument is null
            ? type != parameter || !parameter.IsValueType
            : parameter.ContainsGenericParameters || (exactly ? type == argument.GetType() : type.IsInstanceOfType(argument));
    }
}
