using System.Reflection;

namespace Eco2Test.Metering;

/// <summary>What is the same each time that a test method runs in a class, found once.</summary>
internal sealed class TestMethod
{
    private IReadOnlyList<string>? _categories;
    private Tuple<TimeSpan?>? _limit;

    public TestMethod(Type testClass, MethodInfo method, TrackedRow? row)
    {
        (TestClass, Method, Row) = (testClass, method, row);

        // As the class writes itself, not its full name: that of a generic class names the versions of assemblies.
        ClassName = testClass.ToString();
        Id = $"{TestName.ClassOf(ClassName)}.{method.Name}";
        Name = TestName.MethodOf(ClassName, method.Name);
        HasRows = method.GetParameters().Length > 0;
    }

    /// <summary>The class that runs, which may inherit the method.</summary>
    public Type TestClass { get; }

    /// <summary>The method.</summary>
    public MethodInfo Method { get; }

    /// <summary>What its attributes ask for; <see langword="null"/> when it is not tracked.</summary>
    public TrackedRow? Row { get; }

    /// <summary>The class as it writes itself.</summary>
    public string ClassName { get; }

    /// <summary>Class and method.</summary>
    public string Id { get; }

    /// <summary>The same as platforms have it, without what a generic class is made with.</summary>
    public string Name { get; }

    /// <summary>Whether it takes arguments.</summary>
    public bool HasRows { get; }

    /// <summary>Its categories by its attributes, which are read the first time only: that takes longer than a window.</summary>
    public IReadOnlyList<string> CategoriesBy(Func<Type, MethodInfo, IEnumerable<string>> read) => _categories ??= [.. read(TestClass, Method)];

    /// <summary>The time that it is given by its attributes, read the first time only; <see langword="null"/>: any.</summary>
    public TimeSpan? LimitBy(Func<MethodInfo, TimeSpan?> read) => (_limit ??= new(read(Method))).Item1;
}
