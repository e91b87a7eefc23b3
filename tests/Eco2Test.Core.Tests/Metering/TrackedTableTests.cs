using System.Reflection;
using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Metering;

#pragma warning disable CA1822, xUnit1013 // What is looked up here is never run: only its signature counts.

public sealed class TrackedTableTests
{
    private const string Here = "Eco2Test.Core.Tests.Metering.TrackedTableTests+";

    [Theory]
    [InlineData(typeof(Plain), "NoParameters", "Plain.NoParameters()")]
    [InlineData(typeof(Plain), "Overloaded", "Plain.Overloaded(Int32)", 0)]
    [InlineData(typeof(Plain), "Overloaded", "Plain.Overloaded(String,Int32[])", 1)]
    [InlineData(typeof(Plain), "ByReference", "Plain.ByReference(Int32&,String&)")]
    [InlineData(typeof(Plain), "Arrays", "Plain.Arrays(Int32[],Int32[,],String[][])")]
    [InlineData(typeof(Plain), "Generics", "Plain.Generics(List`1,Dictionary`2,Nullable`1)")]
    [InlineData(typeof(Plain), "GenericMethod", "Plain.GenericMethod(T,List`1,T[])")]
    [InlineData(typeof(Plain), "NestedParameter", "Plain.NestedParameter(Deep)")]
    [InlineData(typeof(Plain), "Static", "Plain.Static()")]
    [InlineData(typeof(Generic<>), "OfClass", "Generic`1.OfClass(T)")]
    [InlineData(typeof(Generic<int>), "OfClass", "Generic`1.OfClass(T)")]
    [InlineData(typeof(Generic<string>), "Overloaded", "Generic`1.Overloaded(T)", 0)]
    [InlineData(typeof(Generic<string>), "Overloaded", "Generic`1.Overloaded(String)", 1)]
    [InlineData(typeof(Generic<string>), "Both", "Generic`1.Both(T,U)")]
    [InlineData(typeof(Generic<int>.Inner), "OfInner", "Generic`1+Inner.OfInner(T)")]
    [InlineData(typeof(Generic<int>.Inner<string>), "OfInner", "Generic`1+Inner`1.OfInner(T,U)")]
    [InlineData(typeof(Plain.Nested.Deep), "InTheDeep", "Plain+Nested+Deep.InTheDeep()")]
    [InlineData(typeof(Derived), "NoParameters", "Plain.NoParameters()")]
    [InlineData(typeof(DerivedOfInt), "OfClass", "Generic`1.OfClass(T)")]
    [InlineData(typeof(Derived), "Virtual", "Derived.Virtual()")]
    public void The_row_of_a_method_is_found_by_reflection(Type type, string method, string target, int overload = 0)
    {
        var found = MethodsOf(type, method)[overload];
        var table = Table(Here + target, Here + "Nobody");

        table.Find(type, found)?.Target.ShouldBe(Here + target);
        table.Find(type, found).ShouldNotBeNull();
        Table(Here + target.Replace('(', '_')).Find(type, found).ShouldBeNull();
    }

    [Fact]
    public void A_closed_generic_method_has_the_row_of_its_definition()
    {
        var closed = typeof(Plain).GetMethod(nameof(Plain.GenericMethod))!.MakeGenericMethod(typeof(int));
        var inClosedClass = typeof(Generic<string>).GetMethod(nameof(Generic<string>.Both))!.MakeGenericMethod(typeof(int));

        Table(Here + "Plain.GenericMethod(T,List`1,T[])").Find(typeof(Plain), closed).ShouldNotBeNull();
        Table(Here + "Generic`1.Both(T,U)").Find(typeof(Generic<string>), inClosedClass).ShouldNotBeNull();
    }

    [Fact]
    public void A_method_beats_its_class_which_beats_the_assembly()
    {
        var method = MethodsOf(typeof(Plain), nameof(Plain.NoParameters))[0];

        Table("", Here + "Plain", Here + "Plain.NoParameters()").Find(typeof(Plain), method)!.Target.ShouldBe(Here + "Plain.NoParameters()");
        Table("", Here + "Plain").Find(typeof(Plain), method)!.Target.ShouldBe(Here + "Plain");
        Table("", Here + "Generic`1").Find(typeof(Plain), method)!.Target.ShouldBeEmpty();
        Table(Here + "Generic`1").Find(typeof(Plain), method).ShouldBeNull();
    }

    [Fact]
    public void A_class_has_the_row_of_its_base_or_of_the_class_that_contains_it_the_nearest_first()
    {
        var inherited = MethodsOf(typeof(Derived), nameof(Plain.NoParameters))[0];
        var deep = MethodsOf(typeof(Plain.Nested.Deep), nameof(Plain.Nested.Deep.InTheDeep))[0];

        Table(Here + "Plain").Find(typeof(Derived), inherited)!.Target.ShouldBe(Here + "Plain");
        Table(Here + "Plain", Here + "Derived").Find(typeof(Derived), inherited)!.Target.ShouldBe(Here + "Derived");
        Table(Here + "Plain").Find(typeof(Plain.Nested.Deep), deep)!.Target.ShouldBe(Here + "Plain");
        Table(Here + "Plain", Here + "Plain+Nested").Find(typeof(Plain.Nested.Deep), deep)!.Target.ShouldBe(Here + "Plain+Nested");
        Table(Here + "Generic`1").Find(typeof(DerivedOfInt), MethodsOf(typeof(DerivedOfInt), "OfClass")[0])!.Target.ShouldBe(Here + "Generic`1");
        Table(Here + "Generic`1").Find(typeof(Generic<int>.Inner<string>), MethodsOf(typeof(Generic<int>.Inner<string>), "OfInner")[0])!.Target.ShouldBe(Here + "Generic`1");
    }

    [Fact]
    public void A_row_that_is_not_enabled_is_found_as_such_and_hides_what_is_farther()
    {
        var table = new TrackedTable([Row("", "FR"), Row(Here + "Plain", "FR", enabled: false), Row(Here + "Plain.Static()", "FR")]);

        table.Find(typeof(Plain), MethodsOf(typeof(Plain), nameof(Plain.NoParameters))[0])!.Enabled.ShouldBeFalse();
        table.Find(typeof(Plain), MethodsOf(typeof(Plain), nameof(Plain.Static))[0])!.Enabled.ShouldBeTrue();
        table.Find(typeof(Generic<int>), MethodsOf(typeof(Generic<int>), "OfClass")[0])!.Enabled.ShouldBeTrue();
    }

    [Fact]
    public void The_region_of_all_rows_is_common_only_when_they_agree()
    {
        new TrackedTable([Row("", "FR"), Row("A", "fr")]).CommonRegion.ShouldBe("FR");
        new TrackedTable([Row("", "FR"), Row("A", "DE")]).CommonRegion.ShouldBeNull();
        new TrackedTable([Row("", "FR"), Row("A", null)]).CommonRegion.ShouldBeNull();
        new TrackedTable([Row("", "FR"), Row("A", "DE", enabled: false)]).CommonRegion.ShouldBe("FR");
        new TrackedTable([]).CommonRegion.ShouldBeNull();
    }

    private static TrackedTable Table(params string[] targets) => new(targets.Select(target => Row(target, null)));

    private static TrackedRow Row(string target, string? region, bool enabled = true) => new(target, region, null, null, null, enabled, null, 0);

    private static MethodInfo[] MethodsOf(Type type, string name) =>
        [.. type.GetMethods().Where(method => method.Name == name).OrderBy(method => method.MetadataToken)];

    public class Plain
    {
        public static void Static()
        {
        }

        public void NoParameters()
        {
        }

        public void Overloaded(int number) => _ = number;

        public void Overloaded(string text, int[] numbers) => _ = (text, numbers);

        public void ByReference(ref int number, out string text) => text = $"{number}";

        public void Arrays(int[] one, int[,] two, string[][] jagged) => _ = (one, two, jagged);

        public void Generics(List<int> list, Dictionary<string, int> map, int? maybe) => _ = (list, map, maybe);

        public void GenericMethod<T>(T one, List<T> list, T[] many) => _ = (one, list, many);

        public void NestedParameter(Nested.Deep deep) => _ = deep;

        public virtual void Virtual()
        {
        }

        public class Nested
        {
            public class Deep
            {
                public void InTheDeep()
                {
                }
            }
        }
    }

    public class Derived : Plain
    {
        public override void Virtual()
        {
        }
    }

    public class Generic<T>
    {
        public void OfClass(T value) => _ = value;

        public void Overloaded(T value) => _ = value;

        public void Overloaded(string value) => _ = value;

        public void Both<U>(T one, U other) => _ = (one, other);

        public class Inner
        {
            public void OfInner(T value) => _ = value;
        }

        public class Inner<U>
        {
            public void OfInner(T one, U other) => _ = (one, other);
        }
    }

    public class DerivedOfInt : Generic<int>;
}
