using Eco2Test.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Eco2Test.Generators.Hooks;

/// <summary>The file with the code that runs around the tests of a framework.</summary>
/// <param name="Name">What is written into the project; <see langword="null"/> where it is a source file that the package's targets add.</param>
/// <param name="Needs">
/// The types, and the members where versions of the framework differ or may differ, that it is made of. Where one is
/// missing it is not written: an unknown version of a framework is left alone, and its tests compile.
/// </param>
internal sealed record HookFile(string? Name, EquatableArray<string> Needs)
{
    public bool CanRunIn(Compilation compilation) => Needs.All(need => compilation.GetTypeByMetadataName(need) is not null || HasMember(compilation, need));

    private static bool HasMember(Compilation compilation, string need)
    {
        var dot = need.LastIndexOf('.');
        for (var type = compilation.GetTypeByMetadataName(need.Substring(0, dot)); type is not null; type = type.BaseType)
        {
            var name = need.Substring(dot + 1);
            if (!type.GetMembers(name).IsEmpty || type.AllInterfaces.Any(inherited => !inherited.GetMembers(name).IsEmpty))
            {
                return true;
            }
        }

        return false;
    }
}
