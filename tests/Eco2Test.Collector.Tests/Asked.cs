using System.Xml;
using Eco2Test.Hardware;

namespace Eco2Test.Collector.Tests;

/// <summary>What a collector is asked for, as the test platform hands it over.</summary>
internal static class Asked
{
    public static CollectorSettings For(string ownFolder, string xml = "", params (string Name, string Value)[] environment) => new(
        Element(xml), new EnvironmentVariables(name => environment.FirstOrDefault(variable => variable.Name == name).Value), ownFolder);

    /// <summary>A session that the targets of the package made.</summary>
    public static CollectorSettings Session(TempFolder results, string xml = "", params (string Name, string Value)[] environment) =>
        For("/nowhere", $"<Session>s1</Session><Results>{results.Path}</Results>{xml}", environment);

    public static XmlElement Element(string xml)
    {
        var document = new XmlDocument();
        document.LoadXml($"<Configuration>{xml}</Configuration>");
        return document.DocumentElement!;
    }
}
