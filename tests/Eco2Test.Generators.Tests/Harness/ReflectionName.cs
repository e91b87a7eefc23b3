using System.Reflection;

namespace Eco2Test.Generators.Tests.Harness;

/// <summary>
/// How a method or class that runs is matched with its row: the generic definition's full name, and of each parameter of
/// the method's own definition the simple name of its type.
/// </summary>
public static class ReflectionName
{
    public static string Of(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!;

    public static string Of(MethodInfo method)
    {
        // Of Box<int>.Fill(int) the definition is Box<T>.Fill(T); the same metadata token stands for both.
        var definition = (MethodInfo)method.Module.ResolveMethod(method.MetadataToken)!;
        return $"{Of(definition.DeclaringType!)}.{definition.Name}({string.Join(',', definition.GetParameters().Select(parameter => parameter.ParameterType.Name))})";
    }
}
