using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Eco2Test.Architecture.Tests;

/// <summary>What holds for every type of the product.</summary>
public sealed partial class CodeTests
{
    private const string AmbientRun = "Eco2Test.Core/Metering/Ambient.cs";

    /// <summary>Read-only fields of these types change all the same. (A weak table does not count: it hangs data on what others own.)</summary>
    private static readonly string[] MutableByNature = ["System.Collections.Concurrent.", "System.Threading.AsyncLocal", "System.Threading.ThreadLocal"];

    private static readonly string[] Carbon = ["Eco2Test.Units.Emissions", "Eco2Test.Units.CarbonIntensity"];

    [Fact]
    public void Nothing_static_changes_but_the_ambient_run()
    {
        var wrong =
            from type in Product.Types
            from field in type.Fields
            where field.IsStatic && !field.IsLiteral && Product.IsWritten(field) && !field.Name.Contains('<')
            where !field.IsInitOnly || MutableByNature.Any(name => field.FieldType.FullName.StartsWith(name, StringComparison.Ordinal))
            where Product.FileOf(type) != AmbientRun
            select field.FullName;

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void A_static_property_that_can_be_set_is_a_mutable_static_too()
    {
        var wrong =
            from type in Product.Types
            from property in type.Properties
            where property.SetMethod is { IsStatic: true } && Product.FileOf(type) != AmbientRun
            select property.FullName;

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_not_public_is_sealed()
    {
        var wrong =
            from type in Product.Types
            where type.IsClass && !type.IsValueType && !type.IsSealed && !type.IsAbstract && !IsVisible(type)
            select type.FullName;

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Sensors_know_joules_and_watts_and_never_carbon()
    {
        Carbon.ShouldAllBe(name => Product.Types.Any(type => type.FullName == name));
        var wrong =
            from type in Product.Types
            where IsIn("Eco2Test.Sensors", Product.Outermost(type))
            from used in TypesUsedBy(type)
            where Carbon.Contains(used.FullName) || IsIn("Eco2Test.Carbon", used)
            select $"{type.FullName} uses {used.FullName}";

        wrong.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void An_exporter_takes_a_report_and_a_writer()
    {
        var wrong =
            from type in Product.Types
            where type.Name.EndsWith("Exporter", StringComparison.Ordinal) && type.Namespace.StartsWith("Eco2Test.Reporting", StringComparison.Ordinal)
            where !type.Methods.Any(method => method.IsPublic && method.Parameters is
            [
                { ParameterType.FullName: "Eco2Test.Reports.EmissionsReport" },
                { ParameterType.FullName: "System.IO.TextWriter" or "System.IO.Stream" },
                ..
            ])
            select type.FullName;

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void No_public_method_takes_a_quantity_as_a_bare_number()
    {
        var wrong =
            from type in Product.Types
            where IsVisible(type) && type.Name is not ("Energy" or "Power" or "Emissions" or "CarbonIntensity")
            from method in type.Methods
            where method.IsPublic && !method.IsSetter && Product.IsWritten(method)
            from parameter in method.Parameters
            where parameter.ParameterType.FullName == "System.Double" && Quantity().IsMatch(parameter.Name)
            select $"{type.FullName}.{method.Name}({parameter.Name})";

        wrong.ShouldBeEmpty();
    }

    private static bool IsVisible(TypeDefinition type) =>
        type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamilyOrAssembly) && IsVisible(type.DeclaringType));

    private static bool IsIn(string name, TypeReference type) =>
        type.Namespace == name || type.Namespace?.StartsWith(name + ".", StringComparison.Ordinal) == true;

    private static IEnumerable<TypeReference> TypesUsedBy(TypeDefinition type)
    {
        var fields = type.Fields.Select(field => field.FieldType);
        var signatures = type.Methods.SelectMany(method => method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType));
        var code = type.Methods.Where(method => method.HasBody).SelectMany(method => method.Body.Instructions).SelectMany(instruction => instruction.Operand switch
        {
            MethodReference called => new[] { called.DeclaringType, called.ReturnType },
            FieldReference field => [field.DeclaringType, field.FieldType],
            TypeReference used => [used],
            _ => [],
        });
        return fields.Concat(signatures).Concat(code).SelectMany(Parts);
    }

    /// <summary>A generic type and its arguments, an array and its elements; of a function pointer, nothing.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        FunctionPointerType => [],
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    [GeneratedRegex("(joules|watts|grams|kilowattHours|energy|power|emissions)$", RegexOptions.IgnoreCase)]
    private static partial Regex Quantity();
}
