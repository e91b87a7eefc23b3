using System.Reflection;

namespace Eco2Test.Runtime
{
    /// <summary>What was called, for the tests to read.</summary>
    public static class Recorder
    {
        public static readonly List<string> Log = new();
        public static readonly List<TrackedMethod> Rows = new();
        public static readonly List<Assembly> Assemblies = new();
        public static string? Failure;
        public static bool DiskFull;
        public static bool Untracked;
        public static Func<bool>? HasEnded;
    }

    public static class TrackedMethods
    {
        public static void Register(Assembly assembly, TrackedMethod[] rows, bool holdsTests)
        {
            Recorder.Assemblies.Add(assembly);
            Recorder.Rows.AddRange(rows);
        }
    }

    public sealed record TrackedMethod
    {
        public required string Target { get; init; }

        public string? Region { get; init; }

        public string? EnergyBudget { get; init; }

        public string? EmissionsBudget { get; init; }

        public string? Comparison { get; init; }

        public double MinimumSeconds { get; init; }

        public bool Enabled { get; init; } = true;

        public string? File { get; init; }

        public int Line { get; init; }
    }

    public static class TestHook
    {
        public static void Enter(Assembly testAssembly, Type testClass, MethodInfo method, object key, string? displayName, IEnumerable<string> categories, int attempt) =>
            Recorder.Log.Add($"enter {testAssembly.GetName().Name} {testClass.FullName} {method.Name} {Key(key)} {displayName ?? "-"} {Told(categories, attempt)}".TrimEnd());

        public static void Enter(
            Assembly testAssembly, Type testClass, MethodInfo method, Func<Type, MethodInfo, IEnumerable<string>> categories, Func<MethodInfo, TimeSpan?> limit) =>
            Recorder.Log.Add($"enter {testAssembly.GetName().Name} {testClass.FullName} {method.Name} - - {Told(categories(testClass, method), 0)} {limit(method)}".TrimEnd());

        public static void Enter(
            Assembly testAssembly, string testClass, string method, object?[]? arguments, object key, string? displayName,
            Func<Type, MethodInfo, IEnumerable<string>> categories, int attempt, Func<bool> hasEnded)
        {
            var type = testAssembly.GetType(testClass);
            var told = Told(type is null ? Array.Empty<string>() : categories(type, type.GetMethods().First(candidate => candidate.Name == method)), attempt);
            Recorder.Log.Add($"enter {testAssembly.GetName().Name} {testClass} {method}({string.Join(",", arguments ?? Array.Empty<object>())}) {Key(key)} {displayName ?? "-"} {told}".TrimEnd());
            Recorder.HasEnded = hasEnded;
        }

        public static void Enter(
            Assembly testAssembly, Type testClass, string method, Type[] parameters, object key, string? displayName, IEnumerable<string> categories, int attempt) =>
            Recorder.Log.Add($"enter {testAssembly.GetName().Name} {testClass.FullName} {method}({string.Join(",", (object[])parameters)}) {Key(key)} {displayName ?? "-"} {Told(categories, attempt)}".TrimEnd());

        public static void EnterFixture(Assembly testAssembly, Type fixture, string method, bool isOfNamespace, object key) =>
            Recorder.Log.Add($"enter fixture {testAssembly.GetName().Name} {fixture.FullName}.{method}{(isOfNamespace ? " of a namespace" : "")}");

        public static void ExitFixture(object key, bool failed) => Recorder.Log.Add($"exit fixture {(failed ? "failed" : "passed")}");

        public static TestHookResult? Exit(object? key, TestOutcome outcome)
        {
            Recorder.Log.Add($"exit {Key(key)} {outcome}");
            return Recorder.Untracked ? null : new TestHookResult(Recorder.Failure);
        }

        private static string Told(IEnumerable<string> categories, int attempt) =>
            string.Join(",", categories) + (attempt > 1 ? " attempt " + attempt : "");

        private static string Key(object? key) => key as string ?? key?.GetType().Name ?? "-";
    }

    public sealed class TestHookResult
    {
        public const string AttachmentName = "window.eco2test.json";

        internal TestHookResult(string? failure) => Failure = failure;

        public bool HasAttachment => true;

        public byte[] Attachment => "{}"u8.ToArray();

        public string Line => "Eco2Test: 12 J {0}";

        public string? Failure { get; }

        public string WriteAttachment()
        {
            if (Recorder.DiskFull)
            {
                throw new IOException("No space left on device");
            }

            var folder = Directory.CreateTempSubdirectory("eco2test-").FullName;
            var file = Path.Combine(folder, AttachmentName);
            File.WriteAllBytes(file, Attachment);
            return file;
        }

        public void ThrowIfFailed()
        {
            if (Failure is not null)
            {
                throw new BudgetExceededException(Failure);
            }
        }
    }
}
