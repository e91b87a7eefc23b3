using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Eco2Test.Generators.Tests.Harness;

/// <summary>A stand-in for a version of a framework that nobody knows yet: what the hooks are made of, or all but one member of it.</summary>
internal static class LaterVersion
{
    private const string XunitV2 = """
        namespace Xunit
        {
            public class FactAttribute : System.Attribute { }
            public sealed class TraitAttribute : System.Attribute { public TraitAttribute(string name, string value) { } }
        }
        namespace Xunit.Sdk
        {
            public abstract class BeforeAfterTestAttribute : System.Attribute
            {
                public virtual void Before(System.Reflection.MethodInfo method) { }
                public virtual void After(System.Reflection.MethodInfo method) { }
            }
        }
        """;

    private const string XunitV3 = """
        namespace Xunit.v3
        {
            public interface IFactAttribute { }
            public interface IMetadata
            {
                string UniqueID { get; }
                string TestDisplayName { get; }
                System.Collections.Generic.IReadOnlyDictionary<string, System.Collections.Generic.IReadOnlyCollection<string>> Traits { get; }
            }
            public interface IXunitTest : IMetadata { }
            public abstract class BeforeAfterTestAttribute : System.Attribute
            {
                public virtual void Before(System.Reflection.MethodInfo method, IXunitTest test) { }
                public virtual void After(System.Reflection.MethodInfo method, IXunitTest test) { }
            }
        }
        namespace Xunit
        {
            public class FactAttribute : System.Attribute, Xunit.v3.IFactAttribute { }
            public enum TestResult { Passed, Failed, Skipped }
            public class TestResultState { public TestResult Result { get; } }
            public interface ITestOutputHelper { void WriteLine(string text); }
            public interface ITestContext
            {
                TestResultState? TestState { get; }
                ITestOutputHelper? TestOutputHelper { get; }
                void AddAttachment(string name, byte[] value, string mediaType);
            }
            public static class TestContext { public static ITestContext Current => null!; }
        }
        """;

    private const string NUnit = """
        namespace NUnit.Framework.Interfaces
        {
            public enum TestStatus { Passed, Warning, Failed, Skipped, Inconclusive }
            public interface IMethodInfo { System.Reflection.MethodInfo MethodInfo { get; } ITypeInfo TypeInfo { get; } }
            public interface ITypeInfo { System.Type Type { get; } }
            public interface IPropertyBag { System.Collections.IList this[string name] { get; } }
            public interface ITestBuilder { }
            public interface ISimpleTestBuilder { }
            public interface ITest
            {
                string Id { get; }
                string FullName { get; }
                ITypeInfo? TypeInfo { get; }
                IMethodInfo? Method { get; }
                ITest? Parent { get; }
                IPropertyBag Properties { get; }
            }
        }
        namespace NUnit.Framework
        {
            [System.Flags] public enum ActionTargets { Test = 1 }
            public class TestAttribute : System.Attribute, Interfaces.ISimpleTestBuilder { }
            public class AssertionException : System.Exception { public AssertionException(string message) { } }
            public interface ITestAction
            {
                ActionTargets Targets { get; }
                void BeforeTest(Interfaces.ITest test);
                void AfterTest(Interfaces.ITest test);
            }
            public class ResultState { public Interfaces.TestStatus Status { get; } }
            public class ResultAdapter { public ResultState Outcome => null!; }
            public class TestContext
            {
                public static TestContext CurrentContext => null!;
                public static System.IO.TextWriter Out => null!;
                public static void AddTestAttachment(string path, string description) { }
                public int CurrentRepeatCount { get; }
                public ResultAdapter Result => null!;
            }
        }
        """;

    private const string MSTest = """
        namespace Microsoft.VisualStudio.TestTools.UnitTesting
        {
            public class TestClassAttribute : System.Attribute { }
            public class TestMethodAttribute : System.Attribute { }
            public class GlobalTestInitializeAttribute : System.Attribute { }
            public class GlobalTestCleanupAttribute : System.Attribute { }
            public abstract class TestCategoryBaseAttribute : System.Attribute { public abstract System.Collections.Generic.IList<string> TestCategories { get; } }
            public class AssertFailedException : System.Exception { public AssertFailedException(string message) { } }
            public enum UnitTestOutcome { Passed, Failed, Error, Timeout, Aborted, InProgress, Inconclusive, Unknown }
            public abstract class TestContext
            {
                public string FullyQualifiedTestClassName => "";
                public string TestName => "";
                public string? TestDisplayName => null;
                public object?[]? TestData => null;
                public int TestRunCount => 1;
                public System.Exception? TestException => null;
                public UnitTestOutcome CurrentTestOutcome => default;
                public void AddResultFile(string file) { }
                public void WriteLine(string text) { }
            }
        }
        """;

    public static MetadataReference Of(string framework, string? without)
    {
        var text = framework switch
        {
            "XunitV2" => XunitV2,
            "XunitV3" => XunitV3,
            "NUnit" => NUnit,
            _ => MSTest,
        };
        var lines = text.Split('\n').Where(line => without is null || !line.Contains($" {without} ") && !line.Contains($" {without}("));
        var compilation = CSharpCompilation.Create(
            framework + ".Later",
            [CSharpSyntaxTree.ParseText(string.Join('\n', lines))],
            Net80.References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success
            ? MetadataReference.CreateFromImage(image.ToArray())
            : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }
}
