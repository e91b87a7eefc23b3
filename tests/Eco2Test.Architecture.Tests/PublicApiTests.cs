using System.Reflection;
using PublicApiGenerator;

namespace Eco2Test.Architecture.Tests;

/// <summary>
/// Public is promised. What is public is approved in <c>PublicApi/&lt;assembly&gt;.txt</c>; <c>APPROVE_PUBLIC_API=1</c> writes the
/// files anew, and a reviewer sees the difference.
/// </summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Eco2Test.Core")]
    [InlineData("Eco2Test.Reporting")]
    [InlineData("Eco2Test")]
    [InlineData("Eco2Test.BenchmarkDotNet")]
    public void The_public_API_is_the_approved_one(string name)
    {
        var api = PublicApiOf(name);
        var approved = Path.Combine(Folder(), $"{name}.txt");
        if (Environment.GetEnvironmentVariable("APPROVE_PUBLIC_API") == "1")
        {
            File.WriteAllText(approved, api);
        }

        var expected = File.Exists(approved) ? File.ReadAllText(approved).ReplaceLineEndings("\n") : "";
        if (api != expected)
        {
            Assert.Fail(
                $"""
                The public API of {name} is not what '{approved}' says. If it should change:
                APPROVE_PUBLIC_API=1 dotnet test tests/Eco2Test.Architecture.Tests
                {Difference(expected, api)}
                """);
        }
    }

    private static string PublicApiOf(string name)
    {
        var assembly = Assembly.LoadFrom(Product.PathOf(Product.Assembly(name)));
        return assembly.GeneratePublicApi(new ApiGeneratorOptions
        {
            IncludeAssemblyAttributes = false,
            ExcludeAttributes = [typeof(System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessageAttribute).FullName!],
        }).ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    private static string Difference(string approved, string found)
    {
        string[] before = approved.Split('\n');
        string[] after = found.Split('\n');
        return string.Join('\n', [.. before.Except(after).Select(line => $"- {line.Trim()}"), .. after.Except(before).Select(line => $"+ {line.Trim()}")]);
    }

    private static string Folder() => Path.Combine(
        typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "SourceRoot").Value!,
        "..", "tests", "Eco2Test.Architecture.Tests", "PublicApi");
}
