using System.Reflection;
using Eco2Test.Generators.Tests.Harness;
using Eco2Test.Runtime;

namespace Eco2Test.Generators.Tests;

/// <summary>The recorder that these tests run against has the members of the run-time that it stands for.</summary>
public class ContractTests
{
    [Theory]
    [InlineData(typeof(TrackedMethods))]
    [InlineData(typeof(TrackedMethod))]
    [InlineData(typeof(TestHook))]
    [InlineData(typeof(TestHookResult))]
    public void The_recorder_is_called_as_the_runtime_is(Type type)
    {
        var recorder = UserProject.Of("public class C { [Eco2Test.TrackEmissions] public void M() { } }").Load().Contract(type.FullName!);

        Members(recorder).ShouldBe(Members(type));
    }

    private static IEnumerable<string> Members(Type type) => type
        .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Select(member => $"{member.MemberType} {member}")
        .Order(StringComparer.Ordinal);
}
