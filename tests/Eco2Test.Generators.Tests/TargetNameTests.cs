using System.Reflection;
using Eco2Test.Generators.Tests.Harness;

namespace Eco2Test.Generators.Tests;

/// <summary>What the table calls a method or class is what reflection calls it.</summary>
public class TargetNameTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private const string NastySignatures = """
        using System;
        using System.Collections.Generic;
        using Eco2Test;

        [TrackEmissions] public class Global { [TrackEmissions] public void InGlobal(Global.Nested n) { } public class Nested { } }

        namespace Ns
        {
            public enum Colour { Red }
            public delegate void Handler<T>(T t);

            [TrackEmissions]
            public unsafe class Plain
            {
                [TrackEmissions] public void None() { }
                [TrackEmissions] public void Keywords(bool a, byte b, sbyte c, char d, decimal e, double f, float g, int h, uint i, long j, ulong k, short l, ushort m, object n, string o) { }
                [TrackEmissions] public void Native(nint a, nuint b, IntPtr c, UIntPtr d) { }
                [TrackEmissions] public void Arrays(int[] a, int[][] b, int[,] c, int[][,] d, int[,,][][,] e, List<int>[] f) { }
                [TrackEmissions] public void ByReference(ref int a, out int b, in int c, ref List<int[]> d) { b = 0; }
                [TrackEmissions] public void Pointers(int* a, void** b, Colour* c, int*[] d, ref int* e) { }
                [TrackEmissions] public void FunctionPointers(delegate*<int, void> a, delegate* unmanaged<int> b) { }
                [TrackEmissions] public void Dynamic(dynamic a, dynamic[] b, List<dynamic> c) { }
                [TrackEmissions] public void Tuples((int, string) a, (int x, int y)[] b, (int, int, int, int, int, int, int, int, int) c, ref (int, int) d) { }
                [TrackEmissions] public void Nullables(int? a, Colour? b, string? c, (int, int)? d, int?[] e) { }
                [TrackEmissions] public void Generics(List<int> a, Dictionary<string, List<int>> b, Action c, Func<int, int> d, Handler<int> e) { }
                [TrackEmissions] public void Own<T>(T a, T[] b, List<T> c, ref T d) { }
                [TrackEmissions] public void Optional(int a = 1, params string[] b) { }
                [TrackEmissions] public void Spans(Span<int> a, ReadOnlySpan<char> b) { }
                [TrackEmissions] public void Nesting(Outer<int>.Inner<string>.Innermost a, Outer<int>.Flat b) { }
                [TrackEmissions] public void @class(int @event) { }
                [TrackEmissions] public void Grüße_世界(int ß) { }
                [TrackEmissions] public static void Static(Type t) { }
                [TrackEmissions] private protected void Hidden() { }
                [TrackEmissions] public virtual void Over(int a) { }
                [TrackEmissions] public void Over(int a, int b) { }
            }

            [TrackEmissions] public class Derived : Plain { [TrackEmissions] public override void Over(int a) { } }

            public class Outer<T>
            {
                [TrackEmissions] public class Flat { [TrackEmissions] public void M(T t) { } }

                [TrackEmissions]
                public class Inner<TInner>
                {
                    [TrackEmissions] public class Innermost { [TrackEmissions] public void M<TOwn>(T t, TInner i, TOwn o, Outer<TOwn> x) { } }
                }
            }

            [TrackEmissions] public record Record(int A) { [TrackEmissions] public void M(Record r) { } }
            public class Safe { [TrackEmissions] public async System.Threading.Tasks.Task Async(System.Threading.CancellationToken token) => await System.Threading.Tasks.Task.Yield(); }
            public record struct RecordStruct(int A) { [TrackEmissions] public void M() { } }
            public struct Struct { [TrackEmissions] public readonly void M(in Struct s) { } }
            public interface IDefault { [TrackEmissions] void M() { } }
            [TrackEmissions] public static class Extensions { [TrackEmissions] public static void M(this string s) { } }
            [TrackEmissions] public partial class Part { [TrackEmissions] public partial void M(int a); }
            public partial class Part { public partial void M(int a) { } }
            [TrackEmissions] public class @new { public class @event { [TrackEmissions] public void @void(@new n) { } } }
        }

        namespace Ns.Über.@namespace { [TrackEmissions] public class C { [TrackEmissions] public void M() { } } }
        """;

    [Fact]
    public void Every_target_is_called_what_reflection_calls_it()
    {
        var project = UserProject.Of(NastySignatures).Load();

        project.Targets.ShouldBe(Expected(project).Order(StringComparer.Ordinal));
        project.Targets.Length.ShouldBeGreaterThan(40);
    }

    [Fact]
    public void File_local_classes_are_called_what_reflection_calls_them()
    {
        var project = UserProject.Of("[Eco2Test.TrackEmissions] file class Local { [Eco2Test.TrackEmissions] public void M(Local[] l) { } }").Load();

        project.Targets.ShouldBe(Expected(project).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_method_of_a_closed_generic_class_has_the_name_of_its_definition()
    {
        var project = UserProject.Of("public class Box<T> { [Eco2Test.TrackEmissions] public void Fill<U>(T t, U[] u) { } } public class Ints : Box<int> { }").Load();

        var closed = project.Assembly.GetType("Ints")!.GetMethod("Fill")!.MakeGenericMethod(typeof(string));

        project.Targets.ShouldBe([ReflectionName.Of(closed)]);
        project.Targets.ShouldBe(["Box`1.Fill(T,U[])"]);
    }

    [Fact]
    public void The_form_of_a_target_is_the_documented_one()
    {
        var project = UserProject.Of("""
            using System.Collections.Generic;
            namespace Ns;
            public class Outer { public class Inner<T> { [Eco2Test.TrackEmissions] public void Method(int a, List<int> b, T[] c, ref int d) { } } }
            """).Load();

        project.Targets.ShouldBe(["Ns.Outer+Inner`1.Method(Int32,List`1,T[],Int32&)"]);
    }

    [Fact]
    public void What_no_test_can_be_has_no_row()
    {
        var project = UserProject.Of("""
            using Eco2Test;
            public class C
            {
                public int P { [TrackEmissions] get => 1; }
                [TrackEmissions] public static C operator +(C a, C b) => a;
                public void M()
                {
                    [TrackEmissions] void Local() { }
                    Local();
                    var lambda = [TrackEmissions] () => { };
                    lambda();
                }
            }
            """);

        project.Generated().ShouldBeEmpty();
    }

    private static IEnumerable<string> Expected(LoadedProject project)
    {
        var attribute = project.Contract("Eco2Test.TrackEmissionsAttribute");
        foreach (var type in project.Assembly.GetTypes())
        {
            if (type.IsDefined(attribute, inherit: false))
            {
                yield return ReflectionName.Of(type);
            }

            foreach (var method in type.GetMethods(Declared).Where(method => method.IsDefined(attribute, inherit: false)))
            {
                yield return ReflectionName.Of(method);
            }
        }
    }
}
