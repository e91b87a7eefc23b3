using System.Xml;
using Eco2Test.Budgets;
using Eco2Test.Metering;

namespace Eco2Test.Settings;

/// <summary>Where an MSBuild property is written, and as what, as far as a reader of files can tell who evaluates nothing.</summary>
/// <param name="Place">The element.</param>
/// <param name="Value">What is in it; <see langword="null"/> when that depends on a condition or on another property.</param>
internal sealed record PropertyPlace(SettingPlace Place, string? Value)
{
    /// <summary>The files in which people set the properties of a project, in the order in which MSBuild reads them; those that are there.</summary>
    /// <param name="project">Full path of the project.</param>
    public static IReadOnlyList<string> FilesOf(string project)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(project))!;
        string?[] files = [FilesAbove.Nearest(folder, "Directory.Build.props"), FilesAbove.IsThere(project) ? project : null, FilesAbove.Nearest(folder, "Directory.Build.targets")];
        return [.. files.OfType<string>()];
    }

    /// <summary>The last element of that name, or the last one that says what MSBuild made of it; <see langword="null"/> when there is none.</summary>
    /// <param name="name">The property, whose case does not matter.</param>
    /// <param name="files">Where to look, in the order in which MSBuild reads them; what is no XML is left out.</param>
    /// <param name="evaluated">What MSBuild made of it, where that is known.</param>
    public static PropertyPlace? Find(string name, IEnumerable<string> files, string? evaluated = null)
    {
        var found = files.SelectMany(file => Read(name, file)).ToList();
        return found.FindLast(each => evaluated is not null && each.Text == evaluated.Trim())?.Property ?? found.LastOrDefault()?.Property;
    }

    private static IReadOnlyList<Element> Read(string name, string file)
    {
        try
        {
            using var xml = XmlReader.Create(new StringReader(UserFile.Read(file)), new XmlReaderSettings { IgnoreComments = true });
            return [.. Elements(name, file, xml)];
        }
        catch (Exception fault) when (fault is XmlException or IOException)
        {
            return [];
        }
    }

    private static IEnumerable<Element> Elements(string name, string file, XmlReader xml)
    {
        // What stands above the reader: its name, and whether it, or anything above it, has a condition.
        var above = new Stack<(string Name, bool IsConditional)>();
        while (xml.Read())
        {
            while (above.Count > xml.Depth)
            {
                above.Pop();
            }

            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            var isConditional = xml.GetAttribute("Condition") is not null || xml.LocalName is "When" or "Otherwise" || (above.Count > 0 && above.Peek().IsConditional);
            if (string.Equals(xml.LocalName, name, StringComparison.OrdinalIgnoreCase) && above.TryPeek(out var parent) && parent.Name == "PropertyGroup" && above.All(each => each.Name != "Target"))
            {
                var (line, column) = ((IXmlLineInfo)xml).HasLineInfo() ? (((IXmlLineInfo)xml).LineNumber, ((IXmlLineInfo)xml).LinePosition - 1) : (0, 0);
                var place = new SettingPlace(name, file, line, column);
                using var content = xml.ReadSubtree();
                var text = TextOf(content).Trim();
                yield return new(new(place, isConditional || text.Contains("$(", StringComparison.Ordinal) ? null : text), text);
            }
            else if (!xml.IsEmptyElement)
            {
                above.Push((xml.LocalName, isConditional));
            }
        }
    }

    private static string TextOf(XmlReader element)
    {
        var text = "";
        while (element.Read())
        {
            text += element.NodeType is XmlNodeType.Text or XmlNodeType.CDATA ? element.Value : "";
        }

        return text;
    }

    /// <summary>An element of that name, with its text in any case.</summary>
    private sealed record Element(PropertyPlace Property, string Text);
}
