namespace Eco2Test.Generators.Tests.Shapes;

/// <summary>The shapes of methods and calls.</summary>
internal static class ShapeTable
{
    public static readonly Shape[] All =
    [
        .. Calls,
        .. Members,
        .. ParametersAndResults,
        .. Generics,
        .. Asynchronous,
        .. Iterators,
        .. Hidden,
        .. LeftAlone,
        .. Classes,
        .. ExactForms,
    ];

    private static Shape[] Calls =>
    [
        new("static", "static class C { [Track] public static int M(int a) { Probe.In(); return a + 1; } }", "Probe.Say(C.M(1)); Probe.Out();"),
        new("instance", "class C { public int N = 2; [Track] public int M(int a) { Probe.In(); return a + N; } }", "Probe.Say(new C().M(1));"),
        new("on this", "class C { [Track] public int M() { Probe.In(); return 3; } public int Caller() => M() + this.M(); }", "Probe.Say(new C().Caller());") { Windows = 2 },
        new("conditional access", "class C { [Track] public string M() { Probe.In(); return \"x\"; } public C? Next; }", "C? c = new C { Next = new C() }; C? none = null; Probe.Say(c?.Next?.M()?.Length); Probe.Say(none?.M() ?? \"null\");"),
        new("in a lambda", "static class C { [Track] public static int M(int a) { Probe.In(); return a; } }", "Func<int, int> f = a => C.M(a); Probe.Say(f(4));"),
        new("in a local function", "static class C { [Track] public static int M(int a) { Probe.In(); return a; } }", "int F(int a) => C.M(a); Probe.Say(F(4));"),
        new("in a field initializer", "static class C { [Track] public static int M(int a) { Probe.In(); return a; } } class D { public int F = C.M(5); }", "Probe.Say(new D().F);"),
        new("in a constructor initializer", "static class C { [Track] public static int M(int a) { Probe.In(); return a; } } class D { public int F; public D(int f) => F = f; public D() : this(C.M(6)) { } }", "Probe.Say(new D().F);"),
        new("in an index of a collection initializer", "static class C { [Track] public static int M(int a) { Probe.In(); return a; } }", "Probe.Say(string.Join(',', new Dictionary<int, int> { [C.M(7)] = 8 }));"),
        new("in an interpolated string", "static class C { [Track] public static int M(int a) { Probe.In(); return a; } }", "Probe.Say($\"{C.M(9)}!\");"),
        new("as an argument of another", "static class C { [Track] public static int M(int a) { Probe.In(); return a + 1; } }", "Probe.Say(C.M(C.M(1)));") { Windows = 2 },
        new("as a statement", "static class C { public static int N; [Track] public static void M() { Probe.In(); N++; } }", "C.M(); C.M(); Probe.Say(C.N);") { Windows = 2 },
        new("in a condition and a loop", "static class C { [Track] public static bool M(int a) { Probe.In(); return a < 3; } }", "var i = 0; while (C.M(i)) { i++; } Probe.Say(i);") { Windows = 4 },
        new("in a query", "static class C { [Track] public static int M(int a) { Probe.In(); return a * 2; } }", "Probe.Say(string.Join(',', (from i in new[] { 1, 2 } where C.M(i) > 2 select C.M(i)).ToList()));") { Windows = 3 },
        new("in parentheses", "static class C { [Track] public static int M(int a) { Probe.In(); return a; } } static class D { public static int Caller() => checked((C.M(1))) + ((C.M(2))); }", "Probe.Say(D.Caller());") { Windows = 2 },
        new("recursion is one window", "static class C { [Track] public static int M(int n) { Probe.In(); return n == 0 ? 0 : n + M(n - 1); } }", "Probe.Say(C.M(5));"),
        new("recursion through another method and a lambda", "static class C { [Track] public static int M(int n) { Probe.In(); Func<int> f = () => M(n - 1); return n == 0 ? 0 : Other(n) + f(); } static int Other(int n) => n > 3 ? M(n - 2) : n; }", "Probe.Say(C.M(5));"),
        new("two that call each other", "static class C { [Track] public static int A(int n) { Probe.In(); return n == 0 ? 0 : B(n - 1); } [Track] public static int B(int n) { Probe.In(); return n == 0 ? 1 : A(n - 1); } }", "Probe.Say(C.A(5));") { Windows = 2 },
        new("a lambda that outlives its window", "class C { public Func<int>? Later; [Track] public int M(int n) { Probe.In(); Later ??= () => M(n + 1); return n; } }", "var c = new C(); Probe.Say(c.M(1)); Probe.Say(c.Later!());") { Windows = 2 },
        new("an exception", "static class C { [Track][MethodImpl(MethodImplOptions.NoInlining)] public static int M(int a) { Probe.In(); throw new InvalidOperationException(\"bad \" + a); } }", "Probe.Catch(() => C.M(1)); Probe.Out();"),
        new("an exception that is filtered", "static class C { [Track] public static int M(int a) { Probe.In(); throw new InvalidOperationException(\"bad \" + a) { Data = { [\"k\"] = a } }; } }", "try { C.M(3); } catch (InvalidOperationException e) when (e.Data[\"k\"] is 3) { Probe.Say(\"filtered \" + e.StackTrace); }"),
        new("an exception that is thrown again", "static class C { [Track] public static int M(int a) { Probe.In(); try { throw new InvalidOperationException(\"bad\"); } catch { throw; } } }", "Probe.Catch(() => C.M(1));"),
        new("order of evaluation", "class C { [Track] public int M(int a, int b) { Probe.In(); Probe.Say(\"body\"); return a - b; } public static T E<T>(T t, string s) { Probe.Say(s); return t; } }", "Probe.Say(C.E(new C(), \"receiver\").M(b: C.E(1, \"b\"), a: C.E(2, \"a\")));"),
        new("a null receiver", "class C { public int F; [Track] public int M() { Probe.In(); return F; } }", "C c = null!; try { c.M(); } catch (NullReferenceException) { Probe.Say(\"null\"); }") { Windows = 0 },
    ];

    private static Shape[] Members =>
    [
        new("virtual and override", "class B { [Track] public virtual int M() { Probe.In(); return 1; } } class D : B { public override int M() { Probe.In(); return 2; } }", "B b = new D(); Probe.Say(b.M()); Probe.Say(new D().M()); Probe.Say(new B().M());") { Windows = 3 },
        new("abstract", "abstract class B { [Track] public abstract int M(); } class D : B { public override int M() { Probe.In(); return 2; } }", "B b = new D(); Probe.Say(b.M()); Probe.Say(new D().M());") { Windows = 2 },
        new("interface member", "interface I { [Track] int M(); } class D : I { public int M() { Probe.In(); return 2; } }", "I i = new D(); Probe.Say(i.M());"),
        new("interface with a body", "interface I { [Track] int M() { Probe.In(); return 4; } } class D : I { }", "I i = new D(); Probe.Say(i.M());"),
        new("static in an interface", "interface I { [Track] static int M() { Probe.In(); return 4; } }", "Probe.Say(I.M());"),
        new("struct", "struct S { public int N; [Track] public int M() { Probe.In(); return ++N; } }", "var s = new S(); Probe.Say(s.M()); Probe.Say(s.M()); Probe.Say(s.N); Probe.Say(new S { N = 5 }.M());") { Windows = 3 },
        new("struct in a readonly field", "struct S { public int N; [Track] public int M() { Probe.In(); return ++N; } } class D { public readonly S F = new(); }", "var d = new D(); Probe.Say(d.F.M()); Probe.Say(d.F.M()); Probe.Say(d.F.N);") { Windows = 2 },
        new("readonly member of a struct", "struct S { public int N; [Track] public readonly int M() { Probe.In(); return N; } } class D { public readonly S F = new() { N = 3 }; }", "Probe.Say(new D().F.M()); Probe.Say(new S { N = 2 }.M()); var s = new S { N = 1 }; Probe.Say(s.M());") { Windows = 3 },
        new("readonly struct", "readonly struct S { [Track] public int M(in S other) { Probe.In(); return 1; } }", "var s = new S(); Probe.Say(s.M(s)); Probe.Say(s.M(in s));") { Windows = 2 },
        new("ref struct", "ref struct S { public Span<int> V; [Track] public int M() { Probe.In(); return V[0]++; } }", "int Go() { var s = new S { V = new int[] { 4 } }; return s.M() + s.M(); } Probe.Say(Go());") { Windows = 2 },
        new("record", "record R(int N) { [Track] public R M(int a) { Probe.In(); return this with { N = N + a }; } }", "Probe.Say(new R(1).M(2));"),
        new("extension in both forms", "static class E { [Track] public static int Len(this string s, int more = 1) { Probe.In(); return s.Length + more; } }", "Probe.Say(\"ab\".Len()); Probe.Say(E.Len(\"abc\", 2));") { Windows = 2 },
        new("extension of a struct by reference", "struct S { public int N; } static class E { [Track] public static void Inc(this ref S s) { Probe.In(); s.N++; } [Track] public static int Get(this in S s) { Probe.In(); return s.N; } }", "var s = new S(); s.Inc(); E.Inc(ref s); Probe.Say(s.Get());") { Windows = 3 },
        new("names that are keywords", "static class @class { [Track] public static int @event(int @int, int @this, int __self, int __scope) { Probe.In(); return @int + @this + __self + __scope; } }", "Probe.Say(@class.@event(1, 2, 3, 4));"),
        new("nested types", "static class A { public class B<T> { public struct C { [Track] public string M(T t) { Probe.In(); return t + \"!\"; } } } }", "Probe.Say(new A.B<int>.C().M(1));"),
        new("partial with two parts", "static partial class C { [Track] public static partial int M(int a); } static partial class C { public static partial int M(int a) { Probe.In(); return a; } }", "Probe.Say(C.M(3));"),
        new("conditional method", "static class C { [Track][Conditional(\"NOISY\")] public static void M() { Probe.In(); Probe.Say(\"noise\"); } [Track][Conditional(\"QUIET\")] public static void N() { Probe.Say(\"never\"); } }", "C.M(); C.N(); Probe.Say(\"end\");") { Defines = "#define NOISY" },
        new("obsolete", "static class C { [Track][Obsolete(\"old\", true)] public static int M() { Probe.In(); return 1; } [Obsolete] public static int Caller() => M(); }", "#pragma warning disable\nProbe.Say(C.Caller());"),
    ];

    private static Shape[] ParametersAndResults =>
    [
        new("ref, out and in", "static class C { [Track] public static void M(ref int a, out int b, in int c) { Probe.In(); a += c; b = a * 2; } }", "var a = 1; C.M(ref a, out var b, 5); Probe.Say(a + \" \" + b);"),
        new("ref readonly", "static class C { [Track] public static int M(ref readonly int a) { Probe.In(); return a; } }", "var a = 1; Probe.Say(C.M(in a)); Probe.Say(C.M(ref a));") { Windows = 2 },
        new("out stays set after an exception", "static class C { [Track] public static void M(out int a) { Probe.In(); a = 5; throw new Exception(\"x\"); } }", "var a = 0; try { C.M(out a); } catch { Probe.Say(a); }"),
        new("optional and named", "static class C { [Track] public static string M(int a, string b = \"b\", DayOfWeek c = DayOfWeek.Friday, decimal d = 1.5m, int? e = null) { Probe.In(); return a + b + c + d + e; } }", "Probe.Say(C.M(1)); Probe.Say(C.M(d: 2, a: 3));") { Windows = 2 },
        new("params array", "static class C { [Track] public static int M(params int[] a) { Probe.In(); return a.Length; } }", "Probe.Say(C.M()); Probe.Say(C.M(1, 2)); Probe.Say(C.M(new[] { 3 }));") { Windows = 3 },
        new("params span", "static class C { [Track] public static int M(params ReadOnlySpan<int> a) { Probe.In(); return a.Length; } }", "int Go() => C.M(1, 2, 3); Probe.Say(Go());"),
        new("span in and out", "static class C { [Track] public static Span<int> M(Span<int> a) { Probe.In(); return a[1..]; } }", "int Go() { Span<int> s = stackalloc int[] { 1, 2, 3 }; return C.M(s)[0]; } Probe.Say(Go());"),
        new("scoped span", "static class C { [Track] public static int M(scoped Span<int> a, scoped ref int b) { Probe.In(); b++; return a.Length; } }", "int Go() { var b = 1; Span<int> s = stackalloc int[2]; return C.M(s, ref b) + b; } Probe.Say(Go());"),
        new("ref result", "static class C { static int[] A = { 1, 2 }; [Track] public static ref int M(int i) { Probe.In(); return ref A[i]; } [Track] public static ref readonly int N(int i) { Probe.In(); return ref A[i]; } }", "C.M(0) = 7; C.M(1)++; Probe.Say(C.N(0) + C.N(1));") { Windows = 4 },
        new("ref result of a ref parameter", "static class C { [Track] public static ref int Max(ref int a, ref int b) { Probe.In(); if (a > b) return ref a; return ref b; } }", "int Go() { int a = 1, b = 2; C.Max(ref a, ref b) = 9; return a * 10 + b; } Probe.Say(Go());"),
        new("caller info", "static class C { [Track] public static string M(int a, [CallerMemberName] string m = \"\", [CallerLineNumber] int l = 0, [CallerArgumentExpression(nameof(a))] string e = \"\") { Probe.In(); return m + l + e; } }", "Probe.Say(C.M(1 + 1));"),
        new("interpolated string handler", "[InterpolatedStringHandler] public ref struct H { public string Text = \"\"; public H(int l, int f, int a) { Text += a; } public void AppendLiteral(string s) => Text += s; public void AppendFormatted<T>(T t) => Text += t; } static class C { [Track] public static string M(int a, [InterpolatedStringHandlerArgument(nameof(a))] H h) { Probe.In(); return h.Text; } }", "Probe.Say(C.M(4, $\"x{1}y\"));"),
        new("pointers", "static unsafe class C { [Track] public static int M(int* a, delegate*<int, int> f) { Probe.In(); return f(*a); } static int Twice(int a) => 2 * a; public static int Caller() { var a = 4; return M(&a, &Twice); } }", "Probe.Say(C.Caller());"),
        new("tuples, nullable and dynamic types", "static class C { [Track] public static (int A, string? B)? M((int X, dynamic? Y) t, int? n, string?[]? s) { Probe.In(); return (t.X + (n ?? 1), s?[0]); } }", "Probe.Say(C.M((1, null), 2, new[] { \"z\" })!.Value.B); Probe.Say(C.M((1, 2), null, null)!.Value.A);") { Windows = 2 },
        new("a list that is enumerable stays a list", "static class C { [Track] public static IEnumerable<int> M() { Probe.In(); return new List<int> { 1 }; } [Track] public static IEnumerable<int> N() { Probe.In(); return [1, 2]; } }", "Probe.Say(C.M() is List<int>); Probe.Say(C.N().GetType() == C.N().GetType()); Probe.Say(string.Join(',', C.N()));") { Windows = 4 },
        new("scoped by an attribute", "struct S { public int N; [Track][UnscopedRef] public ref int M() { Probe.In(); return ref N; } } static class C { [Track] public static int N([UnscopedRef] out int a) { Probe.In(); a = 3; return a; } }", "var s = new S(); s.M() = 4; Probe.Say(s.N); Probe.Say(C.N(out _));") { Outside = 1 },
        new("async local of the user leaks as before", "static class C { public static readonly AsyncLocal<int> L = new(); [Track] public static void M() { Probe.In(); L.Value = 5; } [Track] public static async Task N() { Probe.In(); L.Value = 6; await Task.Yield(); } }", "C.M(); Probe.Say(C.L.Value); await C.N(); Probe.Say(C.L.Value);") { Windows = 2 },
    ];

    private static Shape[] Generics =>
    [
        new("generic method", "static class C { [Track] public static string M<T, U>(T t, U u) { Probe.In(); return t + typeof(U).Name; } }", "Probe.Say(C.M(1, \"x\")); Probe.Say(C.M<object, int>(2, 3));") { Windows = 2 },
        new("generic type", "class Box<T> { public T V = default!; [Track] public T M(T t) { Probe.In(); return V = t; } }", "Probe.Say(new Box<int>().M(3)); Probe.Say(new Box<string>().M(\"s\"));") { Windows = 2 },
        new("generic method in a generic type", "class Box<T> { [Track] public string M<U>(T t, U u) { Probe.In(); return typeof(T).Name + typeof(U).Name; } }", "Probe.Say(new Box<int>().M(3, \"\"));"),
        new("called from generic code", "class Box<T> where T : notnull { [Track] public string M<U>(T t, U u) { Probe.In(); return typeof(T).Name + typeof(U).Name; } public string Caller<V>(T t, V v) => M(t, v); }", "Probe.Say(new Box<int>().Caller(3, 4L));"),
        new("constraints", "interface I { int V { get; } } struct S : I { public int V => 7; } class K { } static class C { [Track] public static int M<A, B, D, E, F, G>(A a, B? b, D d, E e, F f) where A : struct, I where B : class?, IComparable where D : unmanaged where E : K, new() where F : notnull where G : IEnumerable<A> { Probe.In(); return a.V; } }", "Probe.Say(C.M<S, string, int, K, object, List<S>>(new S(), null, 1, new K(), 2));"),
        new("allows ref struct", "static class C { [Track] public static int M<T>(T t) where T : allows ref struct { Probe.In(); return 1; } }", "int Go() => C.M(new Span<int>()); Probe.Say(Go());"),
        new("a private type as an argument of the type", "static class C { [Track] public static string M<T>(T t) { Probe.In(); return typeof(T).Name; } class P { } public static string Caller() => M(new P()) + M(new { A = 1 }).Length; }", "Probe.Say(C.Caller());") { Windows = 2 },
        new("type parameters of the same name", "class Box<T> { [Track]\n#pragma warning disable\npublic string M<T>(T t) { Probe.In(); return typeof(T).Name; } }", "Probe.Say(new Box<int>().M(\"\"));") { Windows = 0, Outside = 1 },
    ];

    private static Shape[] Asynchronous =>
    [
        new("async task", "static class C { [Track] public static async Task M(Task gate) { Probe.In(); await gate; Probe.In(); Probe.Say(\"done\"); } }", "var gate = new TaskCompletionSource(); var t = C.M(gate.Task); Probe.Out(); gate.SetResult(); await t; Probe.Out();"),
        new("async task of a value", "static class C { [Track] public static async Task<int> M(int a) { Probe.In(); await Task.Delay(1); Probe.In(); return a; } }", "Probe.Say(await C.M(3)); Probe.Out();"),
        new("async value task", "static class C { [Track] public static async ValueTask M() { Probe.In(); await Task.Yield(); Probe.In(); } [Track] public static async ValueTask<int> N(bool wait) { Probe.In(); if (wait) await Task.Yield(); Probe.In(); return 2; } }", "await C.M(); Probe.Say(await C.N(true)); Probe.Say(await C.N(false));") { Windows = 3 },
        new("a task that is completed already", "static class C { public static readonly Task<int> T = Task.FromResult(4); [Track] public static Task<int> M() { Probe.In(); return T; } }", "Probe.Say(ReferenceEquals(C.M(), C.T));"),
        new("a task that is not completed stays the same", "static class C { public static readonly TaskCompletionSource<int> S = new(); [Track] public static Task<int> M() { Probe.In(); return S.Task; } }", "var t = C.M(); Probe.Say(ReferenceEquals(t, C.S.Task)); C.S.SetResult(6); Probe.Say(await t);"),
        new("null for a task", "static class C { [Track] public static Task? M() { Probe.In(); return null; } }", "Probe.Say(C.M() is null);"),
        new("a task of its own kind", "class MyTask : Task { public MyTask(Action a) : base(a) { } } static class C { [Track] public static MyTask M() { Probe.In(); var t = new MyTask(() => { Thread.Sleep(2); }); t.Start(); return t; } }", "var t = C.M(); await t; Probe.Say(t.GetType().Name);"),
        new("an exception before the first await stays in the task", "static class C { [Track] public static async Task M() { Probe.In(); throw new InvalidOperationException(\"early\"); } }", "Task t = C.M(); Probe.Say(t.Status); await Probe.CatchAsync(() => C.M());") { Windows = 2 },
        new("an exception after an await", "static class C { [Track] public static async Task<int> M() { Probe.In(); await Task.Yield(); throw new InvalidOperationException(\"late\"); } }", "await Probe.CatchAsync(() => C.M());"),
        new("an exception of what only returns a task", "static class C { [Track] public static Task M(int a) { Probe.In(); ArgumentOutOfRangeException.ThrowIfNegative(a); return Task.CompletedTask; } }", "try { _ = C.M(-1); Probe.Say(\"not thrown\"); } catch (ArgumentOutOfRangeException e) { Probe.Say(e.ParamName); }"),
        new("cancellation", "static class C { [Track] public static async Task M(CancellationToken c) { Probe.In(); await Task.Delay(Timeout.Infinite, c); } }", "using var s = new CancellationTokenSource(); var t = C.M(s.Token); s.Cancel(); try { await t; } catch (OperationCanceledException e) { Probe.Say(e.CancellationToken == s.Token); } Probe.Say(t.Status);"),
        new("several exceptions", "static class C { [Track] public static Task M() { Probe.In(); return Task.WhenAll(F(), F()); static async Task F() { await Task.Yield(); throw new Exception(\"one\"); } }  }", "var t = C.M(); try { await t; } catch { } Probe.Say(t.Exception!.InnerExceptions.Count);"),
        new("parallel calls have windows of their own", "static class C { [Track] public static async Task<int> M(int a) { Probe.In(); await Task.Delay(2); Probe.In(); return a; } }", "Probe.Say(string.Join(',', await Task.WhenAll(C.M(1), C.M(2), C.M(3))));") { Windows = 3 },
        new("what is awaited goes on outside", "static class C { [Track] public static async Task M() { Probe.In(); await Task.Delay(1).ConfigureAwait(false); } }", "await C.M(); Probe.Out(); await Task.Yield(); Probe.Out();"),
        new("a value task with a source", "sealed class Source : System.Threading.Tasks.Sources.IValueTaskSource<int> { System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore<int> _core; public void Set(int v) => _core.SetResult(v); public int GetResult(short t) => _core.GetResult(t); public System.Threading.Tasks.Sources.ValueTaskSourceStatus GetStatus(short t) => _core.GetStatus(t); public void OnCompleted(Action<object?> c, object? s, short t, System.Threading.Tasks.Sources.ValueTaskSourceOnCompletedFlags f) => _core.OnCompleted(c, s, t, f); public ValueTask<int> Task => new(this, _core.Version); } static class C { public static readonly Source S = new(); [Track] public static ValueTask<int> M() { Probe.In(); return S.Task; } }", "var t = C.M(); C.S.Set(8); Probe.Say(await t);"),
        new("an awaitable of another kind", "static class C { [Track] public static YieldAwaitable M() { Probe.In(); return Task.Yield(); } }", "await C.M(); Probe.Say(\"yielded\");") { Windows = 0, Outside = 1 },
        new("async void is left alone", "static class C { public static readonly TaskCompletionSource S = new(); [Track] public static async void M() { await Task.Yield(); S.SetResult(); } }", "C.M(); await C.S.Task; Probe.Say(\"done\");") { Windows = 0 },
    ];

    private static Shape[] Iterators =>
    [
        new("iterator", "static class C { [Track] public static IEnumerable<int> M(int n) { Probe.In(); for (var i = 0; i < n; i++) { Probe.In(); yield return i; } } }", "foreach (var i in C.M(3)) { Probe.Out(); Probe.Say(i); }"),
        new("iterator that is left early", "static class C { [Track] public static IEnumerable<int> M() { try { Probe.In(); yield return 1; yield return 2; } finally { Probe.In(); Probe.Say(\"finally\"); } } }", "foreach (var i in C.M()) { Probe.Say(i); break; } Probe.Out();"),
        new("iterator that throws", "static class C { [Track] public static IEnumerable<int> M() { Probe.In(); yield return 1; throw new InvalidOperationException(\"second\"); } }", "Probe.Catch(() => { foreach (var i in C.M()) { Probe.Say(i); } }); Probe.Out();"),
        new("iterator enumerated twice", "static class C { [Track] public static IEnumerable<int> M() { Probe.In(); yield return 1; } }", "var s = C.M(); Probe.Say(s.Count()); Probe.Say(s.Count());") { Windows = 2 },
        new("iterator that is reset", "static class C { [Track] public static IEnumerable<int> M() { Probe.In(); yield return 1; } }", "using var e = C.M().GetEnumerator(); Probe.Say(e.MoveNext()); try { e.Reset(); } catch (NotSupportedException) { Probe.Say(\"not supported\"); } Probe.Say(e.Current); Probe.Say(e.MoveNext()); Probe.Say(e.MoveNext());"),
        new("iterator without a type", "static class C { [Track] public static IEnumerable M() { Probe.In(); yield return 1; yield return null; } [Track] public static IEnumerator N() { Probe.In(); yield return \"n\"; } }", "foreach (var o in C.M()) { Probe.Say(o); } var e = C.N(); while (e.MoveNext()) { Probe.Say(e.Current); }") { Windows = 2 },
        new("enumerator", "static class C { [Track] public static IEnumerator<int> M() { Probe.In(); yield return 1; } }", "using (var e = C.M()) { while (e.MoveNext()) { Probe.Say(e.Current); } }"),
        new("recursive iterator", "static class C { [Track] public static IEnumerable<int> M(int n) { Probe.In(); yield return n; if (n > 0) { foreach (var i in M(n - 1)) { yield return i; } } } }", "Probe.Say(string.Join(',', C.M(3)));"),
        new("iterator through an interface", "interface I { [Track] IEnumerable<int> M(); } class D : I { public IEnumerable<int> M() { Probe.In(); yield return 5; } } class L : I { public IEnumerable<int> M() { Probe.In(); return new[] { 6 }; } }", "I d = new D(), l = new L(); Probe.Say(d.M().Sum()); Probe.Say(l.M() is int[]);") { Windows = 2 },
        new("generic iterator in a query", "static class C { [Track] public static IEnumerable<T> M<T>(IEnumerable<T> s, Func<T, bool> f) { Probe.In(); foreach (var t in s) { if (f(t)) yield return t; } } }", "Probe.Say((from i in C.M(new[] { 1, 2, 3 }, i => i > 1) select i * 2).Sum());"),
        new("async iterator", "static class C { [Track] public static async IAsyncEnumerable<int> M(int n) { Probe.In(); for (var i = 0; i < n; i++) { await Task.Yield(); Probe.In(); yield return i; } } }", "await foreach (var i in C.M(3)) { Probe.Out(); Probe.Say(i); await Task.Yield(); }"),
        new("async iterator that does not wait", "static class C { [Track] public static async IAsyncEnumerable<int> M() { Probe.In(); await Task.CompletedTask; yield return 1; yield return 2; } }", "await foreach (var i in C.M()) { Probe.Out(); Probe.Say(i); }"),
        new("async iterator that is left early", "static class C { [Track] public static async IAsyncEnumerable<int> M() { try { Probe.In(); await Task.Yield(); yield return 1; yield return 2; } finally { await Task.Yield(); Probe.In(); Probe.Say(\"finally\"); } } }", "await foreach (var i in C.M()) { Probe.Say(i); break; } Probe.Out();"),
        new("async iterator that throws", "static class C { [Track] public static async IAsyncEnumerable<int> M() { Probe.In(); await Task.Yield(); yield return 1; throw new InvalidOperationException(\"second\"); } }", "await Probe.CatchAsync(async () => { await foreach (var i in C.M()) { Probe.Say(i); } }); Probe.Out();"),
        new("async iterator that is cancelled", "static class C { [Track] public static async IAsyncEnumerable<int> M([EnumeratorCancellation] CancellationToken c = default) { Probe.In(); yield return 1; await Task.Delay(Timeout.Infinite, c); } }", "using var s = new CancellationTokenSource(); try { await foreach (var i in C.M().WithCancellation(s.Token)) { Probe.Say(i); s.Cancel(); } } catch (OperationCanceledException) { Probe.Say(\"cancelled\"); }"),
        new("async enumerator", "static class C { [Track] public static async IAsyncEnumerator<int> M() { Probe.In(); await Task.Yield(); yield return 1; } }", "await using var e = C.M(); while (await e.MoveNextAsync()) { Probe.Say(e.Current); }"),
    ];

    private static Shape[] Hidden =>
    [
        new("private", "class C { int N = 3; [Track] int M(int a, ref int b) { Probe.In(); b++; return N + a; } public int Caller() { var b = 1; return M(2, ref b) + b; } }", "Probe.Say(new C().Caller());"),
        new("private static", "class C { [Track] static int M(int a) { Probe.In(); return a; } public static int Caller() => M(3); }", "Probe.Say(C.Caller());"),
        new("private async", "class C { [Track] static async Task<int> M(int a) { Probe.In(); await Task.Yield(); return a; } public static Task<int> Caller() => M(3); }", "Probe.Say(await C.Caller());"),
        new("private in a struct", "struct S { public int N; [Track] int M() { Probe.In(); return ++N; } [Track] readonly int R() { Probe.In(); return N; } [Track] static int T() { Probe.In(); return 1; } public int Caller() => M() + M() + R() + T(); }", "Probe.Say(new S().Caller());") { Windows = 4 },
        new("protected", "class B { [Track] protected virtual int M() { Probe.In(); return 1; } public int Caller() => M(); } class D : B { protected override int M() { Probe.In(); return 2; } public int Other() => M(); }", "Probe.Say(new D().Caller()); Probe.Say(new D().Other()); Probe.Say(new B().Caller());") { Windows = 3 },
        new("an exception of a private one", "class C { [Track][MethodImpl(MethodImplOptions.NoInlining)] static int M() { Probe.In(); throw new Exception(\"x\"); } public static int Caller() => M(); }", "Probe.Catch(() => C.Caller());"),
        new("private in a static class is left alone", "static class C { [Track] static int M(int a) { Probe.In(); return a; } public static int Caller() => M(3); }", "Probe.Say(C.Caller());") { Windows = 0, Outside = 1 },
        new("private and generic is left alone", "class C { [Track] int M<T>(T a) { Probe.In(); return 1; } public int Caller() => M(3); } class B<T> { [Track] int M(T a) { Probe.In(); return 1; } public int Caller() => M(default!); }", "Probe.Say(new C().Caller() + new B<int>().Caller());") { Windows = 0, Outside = 2 },
        new("of a private type is left alone", "class C { class P { [Track] public int M() { Probe.In(); return 1; } } public int Caller() => new P().M(); }", "Probe.Say(new C().Caller());") { Windows = 0, Outside = 1 },
        new("of a file-local type is left alone", "file class P { [Track] public int M() { Probe.In(); return 1; } }", "Probe.Say(new P().M());") { Windows = 0, Outside = 1 },
        new("with a private type in its signature is left alone", "class C { class P { } [Track] static int M(List<P[]> p) { Probe.In(); return 1; } public static int Caller() => M(new()); }", "Probe.Say(C.Caller());") { Windows = 0, Outside = 1 },
    ];

    private static Shape[] LeftAlone =>
    [
        new("base call", "class B { [Track] public virtual int M() { Probe.In(); return 1; } } class D : B { public override int M() => base.M() + 1; public int Other() => base.M(); }", "Probe.Say(new D().Other()); Probe.Say(((B)new D()).M());") { Windows = 1, Outside = 1 },
        new("method group", "static class C { [Track] public static int M(int a) { Probe.In(); return a; } }", "Func<int, int> f = C.M; Probe.Say(f(1)); Probe.Say(new[] { 2 }.Select(C.M).First()); Probe.Say(nameof(C.M));") { Windows = 0, Outside = 2 },
        new("function pointer", "static unsafe class C { [Track] public static int M(int a) { Probe.In(); return a; } public static int Caller() { delegate*<int, int> f = &M; return f(3); } }", "Probe.Say(C.Caller());") { Windows = 0, Outside = 1 },
        new("dynamic argument", "static class C { [Track] public static int M(int a) { Probe.In(); return a; } [Track] public static int M(string a) { Probe.In(); return a.Length; } }", "dynamic d = 3; Probe.Say((int)C.M(d)); d = \"four\"; Probe.Say((int)C.M(d));") { Windows = 0, Outside = 2 },
        new("dynamic argument of the only candidate", "static class C { [Track] public static int M(object a) { Probe.In(); return 1; } }", "dynamic d = 3; Probe.Say((int)C.M(d)); Probe.Say(C.M((object)d));") { Windows = 1, Outside = 1 },
        new("dynamic receiver", "public class C { [Track] public int M(int a) { Probe.In(); return a; } }", "dynamic d = new C(); Probe.Say((int)d.M(3));") { Windows = 0, Outside = 1 },
        new("expression tree", "static class C { [Track] public static int M(int a) { Probe.In(); return a; } }", "Expression<Func<int, int>> e = a => C.M(a) + 1; Probe.Say(e); Probe.Say(e.Compile()(1)); Probe.Say(new[] { 1 }.AsQueryable().Select(a => C.M(a)).Expression); Probe.Say((from a in new[] { 1 }.AsQueryable() where C.M(a) > 0 select a).Expression);") { Windows = 0, Outside = 1 },
        new("on a type parameter", "interface I { [Track] int M(); } struct S : I { public int N; public int M() { Probe.In(); return ++N; } } static class G { public static int Caller<T>(T t) where T : I => t.M() + t.M(); }", "Probe.Say(G.Caller(new S()));") { Windows = 0, Outside = 2 },
        new("static abstract", "interface I { [Track] static abstract int M(); } class D : I { public static int M() { Probe.In(); return 1; } } static class G { public static int Caller<T>() where T : I => T.M(); }", "Probe.Say(G.Caller<D>());") { Windows = 0, Outside = 1 },
        new("explicit implementation", "interface I { int M(); } class D : I { [Track] int I.M() { Probe.In(); return 1; } }", "Probe.Say(((I)new D()).M());") { Windows = 0, Outside = 1 },
        new("implementation called through its interface", "interface I { int M(); } class D : I { [Track] public int M() { Probe.In(); return 1; } }", "Probe.Say(((I)new D()).M()); Probe.Say(new D().M());") { Windows = 1, Outside = 1 },
        new("local function and lambda with the attribute", "static class C { public static int Caller() { [Track] int F() { Probe.In(); return 1; } var f = [Track] () => { Probe.In(); return 2; }; return F() + f(); } }", "Probe.Say(C.Caller());") { Windows = 0, Outside = 2 },
        new("extern", "static class C { [Track][DllImport(\"libc\", SetLastError = true)] public static extern int close(int fd); public static int Caller() { close(-1); return Marshal.GetLastPInvokeError(); } }", "Probe.Say(C.Caller());") { Windows = 0 },
        new("reflection and a delegate of it", "public class C { [Track] public int M(int a) { Probe.In(); return a; } }", "Probe.Say(typeof(C).GetMethod(\"M\")!.Invoke(new C(), new object[] { 3 }));") { Windows = 0, Outside = 1 },
        new("excluded", "static class C { [global::Eco2Test.TrackEmissions(Enabled = false)] public static int M() { Probe.In(); return 1; } [Track] public static int N() { Probe.In(); return 1; } }", "Probe.Say(C.M() + C.N());") { Outside = 1 },
        new("member of an extension block", "static class E { extension(string s) { [Track] public int Len() { Probe.In(); return s.Length; } } }", "Probe.Say(\"abc\".Len());") { Windows = 0, Outside = 1, NeedsCSharp14 = true },
    ];

    private static Shape[] Classes =>
    [
        new("public methods of a class", "[Track] public class C { public int A() { Probe.In(); return B(); } internal int B() { Probe.In(); return 1; } private int D() { Probe.In(); return 2; } public override string ToString() { Probe.In(); return \"c\" + D(); } }", "var c = new C(); Probe.Say(c.A()); Probe.Say(c.B()); Probe.Say(c.ToString());") { Windows = 1, Outside = 3 },
        new("all but one of a class", "[Track] public static partial class C { public static int A() { Probe.In(); return 1; } [global::Eco2Test.TrackEmissions(Enabled = false)] public static int B() { Probe.In(); return 2; } } public static partial class C { public static int D() { Probe.In(); return 3; } }", "Probe.Say(C.A() + C.B() + C.D());") { Windows = 2, Outside = 1 },
        new("override of a method of a class", "[Track] public class B { public virtual int M() { Probe.In(); return 1; } } public class D : B { public override int M() { Probe.In(); return 2; } public int N() { Probe.In(); return 3; } }", "Probe.Say(new D().M() + new D().N());") { Windows = 1, Outside = 1 },
    ];

    private static Shape[] ExactForms =>
    [
        new("exact", "partial class C { [Track] public partial int M(int a); int MCore(int a) { Probe.In(); return a + 1; } }", "Probe.Say(new C().M(1)); Func<int, int> f = new C().M; Probe.Say(f(2)); Probe.Say(typeof(C).GetMethod(\"M\")!.Invoke(new C(), new object[] { 3 })); dynamic d = new C(); ") { Windows = 3, IsExact = true },
        new("exact and static", "static partial class C { [Track] internal static partial void M(out int a); private static void MCore(out int a) { Probe.In(); a = 4; } }", "C.M(out var a); Probe.Say(a);") { IsExact = true },
        new("exact and generic", "partial class Box<T> where T : notnull { public partial class In<U> { [Track] public partial string M<V>(T t, U u, V v) where V : class?, new(); string MCore<V>(T t, U u, V v) where V : class?, new() { Probe.In(); return typeof(T).Name + typeof(U).Name + typeof(V).Name; } } }", "Probe.Say(new Box<int>.In<long>().M(1, 2, new object()));") { IsExact = true },
        new("exact with references", "static partial class C { static int[] A = { 1, 2 }; [Track] public static partial ref int M(ref int a, in int b, ref readonly int c); static ref int MCore(ref int a, in int b, ref readonly int c) { Probe.In(); a += b + c; return ref A[1]; } }", "var a = 1; C.M(ref a, 2, in a) = 8; Probe.Say(a);") { IsExact = true },
        new("exact with spans, params and optional ones", "static partial class C { [Track] public static partial int M(scoped Span<int> s, int o = 3, params ReadOnlySpan<int> p); static int MCore(scoped Span<int> s, int o, params ReadOnlySpan<int> p) { Probe.In(); return s.Length + o + p.Length; } [Track] public static partial int N(params int[] p); static int NCore(int[] p) { Probe.In(); return p.Length; } }", "int Go() => C.M(new int[2]) + C.M(new int[2], 1, 1, 1) + C.N(1, 2); Probe.Say(Go());") { Windows = 3, IsExact = true },
        new("exact and async", "partial class C { [Track] public partial Task<int> M(int a); async Task<int> MCore(int a) { Probe.In(); await Task.Yield(); Probe.In(); return a; } [Track] public partial ValueTask N(); async ValueTask NCore() { Probe.In(); await Task.Yield(); } }", "Probe.Say(await new C().M(5)); await new C().N(); Probe.Out();") { Windows = 2, IsExact = true },
        new("exact iterators", "partial class C { [Track] public partial IEnumerable<int> M(); IEnumerable<int> MCore() { Probe.In(); yield return 1; } [Track] public partial IAsyncEnumerable<int> N(); async IAsyncEnumerable<int> NCore() { Probe.In(); await Task.Yield(); yield return 2; } }", "foreach (var i in new C().M()) { Probe.Out(); } await foreach (var i in new C().N()) { Probe.Out(); }") { Windows = 2, IsExact = true },
        new("exact extension", "static partial class E { [Track] public static partial int Len(this string s); static int LenCore(string s) { Probe.In(); return s.Length; } }", "Probe.Say(\"abc\".Len()); Probe.Say(E.Len(\"\"));") { Windows = 2, IsExact = true },
        new("exact in structs, records and interfaces", "partial struct S { public int N; [Track] public partial int M(); int MCore() { Probe.In(); return ++N; } [Track] public readonly partial int R(); readonly int RCore() { Probe.In(); return N; } } partial record R(int N) { [Track] public partial int M(); int MCore() { Probe.In(); return N; } } partial record struct T(int N) { [Track] public partial int M(); int MCore() { Probe.In(); return N; } } partial interface I { [Track] public static partial int M(); private static int MCore() { Probe.In(); return 6; } } ref partial struct Q { [Track] public partial int M(); int MCore() { Probe.In(); return 7; } }", "var s = new S(); s.M(); Probe.Say(s.M() + s.R()); Probe.Say(new R(3).M() + new T(4).M() + I.M()); int Go() => new Q().M(); Probe.Say(Go());") { Windows = 7, IsExact = true },
        new("exact and unsafe", "static unsafe partial class C { [Track] public static partial int M(int* a); static int MCore(int* a) { Probe.In(); return *a; } public static int Caller() { var a = 4; return M(&a); } } static partial class D { [Track] public static unsafe partial int M(int* a); static unsafe int MCore(int* a) { Probe.In(); return *a; } public static unsafe int Caller() { var a = 4; return M(&a); } }", "Probe.Say(C.Caller() + D.Caller());") { Windows = 2, IsExact = true },
        new("exact with overloads, virtual and override", "partial class B { [Track] public virtual partial int M(int a); private int MCore(int a) { Probe.In(); return a; } [Track] public partial int M(string a); int MCore(string a) { Probe.In(); return a.Length; } } partial class D : B { [Track] public override partial int M(int a); private int MCore(int a) { Probe.In(); return -a; } }", "B b = new D(); Probe.Say(b.M(2)); Probe.Say(b.M(\"xyz\")); Probe.Say(new B().M(4));") { Windows = 3, IsExact = true },
        new("exact and throwing", "partial class C { [Track] public partial int M(); [MethodImpl(MethodImplOptions.NoInlining)] int MCore() { Probe.In(); throw new InvalidOperationException(\"core\"); } }", "try { new C().M(); } catch (InvalidOperationException e) { Probe.Say(e.StackTrace); }") { IsExact = true },
        new("exact and hidden", "partial class C { private partial class P { [Track] private partial int M(); int MCore() { Probe.In(); return 1; } public int Caller() => M(); } public int Caller() => new P().Caller(); }", "Probe.Say(new C().Caller());") { IsExact = true },
        new("exact with an attribute that is there already", "partial class C { [Track][DebuggerStepThrough][ExcludeFromCodeCoverage] public partial int M(); int MCore() { Probe.In(); return 1; } }", "Probe.Say(new C().M());") { IsExact = true },
    ];
}
