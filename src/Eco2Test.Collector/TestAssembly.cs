using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Eco2Test.Metering;

namespace Eco2Test.Collector;

/// <summary>What a test assembly says of itself, read from its file: loading it would run it.</summary>
internal sealed record TestAssembly
{
    /// <summary>The assembly's name and what it was built for.</summary>
    public required RunIdentity Identity { get; init; }

    /// <summary>What the build left in it, by name without the prefix <c>Eco2Test.</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether its tests are tracked by a hook that cannot attach files: that of xUnit v2.</summary>
    public bool HandsOverAttachments { get; init; }

    /// <summary>Reads an assembly.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="BadImageFormatException">It is no assembly.</exception>
    public static TestAssembly Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var image = new PEReader(file);
        var reader = image.GetMetadataReader();
        var (framework, configuration) = ((string?)null, (string?)null);
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            switch (TypeName(reader, attribute))
            {
                case "TargetFrameworkAttribute":
                    framework = Texts(reader, attribute, 1)[0];
                    break;
                case "AssemblyConfigurationAttribute":
                    configuration = Texts(reader, attribute, 1)[0];
                    break;
                case "AssemblyMetadataAttribute" when Texts(reader, attribute, 2) is [{ } key, { } value] && key.StartsWith(Prefix, StringComparison.Ordinal):
                    settings[key[Prefix.Length..]] = value;
                    break;
            }
        }

        var references = reader.AssemblyReferences.Select(reference => reader.GetString(reader.GetAssemblyReference(reference).Name)).ToHashSet(StringComparer.Ordinal);
        return new TestAssembly
        {
            Identity = RunIdentity.Of(reader.GetString(reader.GetAssemblyDefinition().Name), framework, configuration, "test"),
            Settings = settings,
            HandsOverAttachments = references.Contains("xunit.core") && references.Contains("Eco2Test"),
        };
    }

    private const string Prefix = "Eco2Test.";

    private static string? TypeName(MetadataReader reader, CustomAttribute attribute) =>
        attribute.Constructor.Kind == HandleKind.MemberReference
        && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } type
            ? reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name)
            : null;

    /// <summary>The arguments of a constructor that takes texts only: ECMA-335, II.23.3.</summary>
    private static string?[] Texts(MetadataReader reader, CustomAttribute attribute, int count)
    {
        var value = reader.GetBlobReader(attribute.Value);
        value.ReadUInt16();
        var texts = new string?[count];
        for (var i = 0; i < count; i++)
        {
            texts[i] = value.ReadSerializedString();
        }

        return texts;
    }
}
