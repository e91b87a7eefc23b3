using System.Reflection;
using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Metering;

/// <summary>Categories and traits are found by the form that frameworks share; these stand for theirs.</summary>
public sealed class TestCategoriesTests
{
    [Theory]
    [InlineData(nameof(Sample.Named), "slow,Base,Class")]
    [InlineData(nameof(Sample.Several), "slow,gpu,Base,Class")]
    [InlineData(nameof(Sample.OfItsOwn), "Nightly,Base,Class")]
    [InlineData(nameof(Sample.Traits), "owner=ada,slow,Base,Class")]
    [InlineData(nameof(Sample.Overridden), "new,old,Base,Class")]
    [InlineData(nameof(Sample.Plain), "Base,Class")]
    public void Those_of_method_class_and_base_class_are_found_each_once(string method, string categories) =>
        string.Join(',', new TestCategories().Of(typeof(Sample), typeof(Sample).GetMethod(method)!).Order(StringComparer.Ordinal))
            .ShouldBe(string.Join(',', categories.Split(',').Order(StringComparer.Ordinal)));

    [Fact]
    public void What_was_found_is_not_sought_again()
    {
        var (categories, method) = (new TestCategories(), typeof(Sample).GetMethod(nameof(Sample.Named))!);

        categories.Of(typeof(Sample), method).ShouldBeSameAs(categories.Of(typeof(Sample), method));
    }

    [Fact]
    public void They_reach_the_report()
    {
        using var run = new FakeRun();
        run.Run.Tests.Open(new TrackedRow("T:Sample", null, null, null, null, true, null, 0), typeof(Sample), typeof(Sample).GetMethod(nameof(Sample.Named))!, "key", null);
        run.Work(1);
        run.Run.Tests.Close("key", TestOutcome.Passed);

        run.Report().Windows.Single().Categories.ShouldBe(["slow", "Class", "Base"]);
    }

    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    private class CategoryAttribute(string? name = null) : Attribute
    {
        public string? Name { get; } = name;
    }

    private sealed class NightlyAttribute : CategoryAttribute;

    [AttributeUsage(AttributeTargets.All)]
    private sealed class TestCategoryAttribute(params string[] names) : Attribute
    {
        public string[] Names { get; } = names;
    }

    [AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
    private sealed class TraitAttribute(string name, string value) : Attribute
    {
        public string Pair { get; } = name + value;
    }

    [Category("Base")]
    private class Base
    {
        [Category("old")]
        public virtual MethodBase? Overridden() => null;
    }

    [Category("Class"), Category("Base")]
    private sealed class Sample : Base
    {
        [Category("slow"), Obsolete("of no category")]
        public void Named()
        {
        }

        [TestCategory("slow", "gpu")]
        public void Several()
        {
        }

        [Nightly]
        public void OfItsOwn()
        {
        }

        [Trait("owner", "ada"), Trait("Category", "slow")]
        public void Traits()
        {
        }

        [Category("new")]
        public override MethodBase? Overridden() => null;

        public void Plain()
        {
        }
    }
}
