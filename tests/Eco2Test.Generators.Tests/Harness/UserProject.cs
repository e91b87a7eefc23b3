using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Eco2Test.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Eco2Test.Generators.Tests.Harness;

/// <summary>A project of a user, compiled in memory with the generator, against the real run-time or the recorder.</summary>
public sealed record UserProject
{
    public const string Folder = "/home/ada/Shop.Tests/";

    private static readonly CSharpCompilationOptions Library = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true)
        // The SDK silences these two as well: references of an older framework are unified.
        .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);

    public ImmutableArray<(string Path, string Text)> Files { get; init; } = [];

    public ImmutableArray<Framework> Frameworks { get; init; } = [];

    public ImmutableArray<MetadataReference> References { get; init; } = [];

    public ImmutableDictionary<string, string> Properties { get; init; } =
        ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase).Add("build_property.ProjectDir", Folder);

    /// <summary>Settings files that the targets found; the project starts from the first.</summary>
    public ImmutableArray<(string Path, string Text)> SettingsFiles { get; init; } = [];

    /// <summary>Other files that the build hands to the compiler.</summary>
    public ImmutableArray<(string Path, string Text)> OtherFiles { get; init; } = [];

    /// <summary>The project's <c>.editorconfig</c>.</summary>
    public string? EditorConfig { get; init; }

    public LanguageVersion Language { get; init; } = LanguageVersion.CSharp11;

    public NullableContextOptions Nullable { get; init; } = NullableContextOptions.Enable;

    public string AssemblyName { get; init; } = "Shop.Tests";

    /// <summary>All analyzers of the package.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers =>
    [
        .. typeof(TrackEmissionsAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static UserProject Of(string text, params Framework[] frameworks) =>
        new() { Files = [(Folder + "ModelTests.cs", text)], Frameworks = [.. frameworks] };

    /// <summary>As the package's targets set it.</summary>
    public bool MayIntercept { get; init; } = true;

    public CSharpParseOptions ParseOptions => new CSharpParseOptions(Language, DocumentationMode.Diagnose)
        .WithFeatures(MayIntercept ? [new("InterceptorsNamespaces", "Other;Eco2Test.Generated")] : []);

    public CSharpCompilation Compile(bool recorder = false) => CSharpCompilation.Create(
        AssemblyName,
        Files
            .Concat(Frameworks.Where(framework => framework.AddedFile is not null).Select(framework => (Path: "/packages/eco2test/" + framework.Name + "Hook.cs", Text: framework.AddedFile!)))
            .Select(file => CSharpSyntaxTree.ParseText(file.Text, ParseOptions, file.Path)),
        [
            .. Language > LanguageVersion.CSharp12 ? Net100.References.All.Cast<MetadataReference>() : Net80.References.All,
            .. recorder ? [RecorderAssembly.Reference] : RealRuntime,
            .. Frameworks.SelectMany(framework => framework.Paths).Select(path => MetadataReference.CreateFromFile(path)),
            .. References,
        ],
        Library.WithNullableContextOptions(Nullable));

    public CSharpGeneratorDriver Driver() => Driver(new TrackedTestsGenerator());

    /// <summary>The three generators, as a build has them.</summary>
    public CSharpGeneratorDriver WholeDriver() => Driver(new TrackedTestsGenerator(), new TrackedCallsGenerator(), new ExactFormGenerator());

    public CSharpGeneratorDriver Driver(params IIncrementalGenerator[] generators) => Driver(IncrementalGeneratorOutputKind.None, generators);

    public CSharpGeneratorDriver Driver(IncrementalGeneratorOutputKind without, params IIncrementalGenerator[] generators) => CSharpGeneratorDriver.Create(
        generators.Select(generator => generator.AsSourceGenerator()),
        AdditionalTexts,
        parseOptions: ParseOptions,
        optionsProvider: new Options(AllProperties),
        driverOptions: new GeneratorDriverOptions(without, trackIncrementalGeneratorSteps: true));

    /// <summary>What is written of the settings files; empty when nothing is.</summary>
    public string GeneratedSettings()
    {
        var driver = CSharpGeneratorDriver.Create(
            [new SettingsGenerator().AsSourceGenerator()], AdditionalTexts, ParseOptions, new Options(AllProperties));
        var result = driver.RunGenerators(Compile(), TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        result.Exception.ShouldBeNull();
        return string.Concat(result.GeneratedSources.Select(source => source.SourceText));
    }

    private ImmutableArray<AdditionalText> AdditionalTexts => [.. SettingsFiles.Concat(OtherFiles).Select(file => new Text(file.Path, file.Text))];

    private ImmutableDictionary<string, string> AllProperties =>
        SettingsFiles.IsEmpty ? Properties : Properties.SetItem("build_property.Eco2TestSettingsFile", SettingsFiles[0].Path);

    /// <summary>The compilation with what was generated into it.</summary>
    public CSharpCompilation Generate(bool recorder = false)
    {
        Driver().RunGeneratorsAndUpdateCompilation(Compile(recorder), out var compilation, out var diagnostics, TestContext.Current.CancellationToken);
        diagnostics.ShouldBeEmpty();
        return (CSharpCompilation)compilation;
    }

    /// <summary>The generated files by their hint names.</summary>
    public ImmutableDictionary<string, string> Generated()
    {
        var result = Driver().RunGenerators(Compile(), TestContext.Current.CancellationToken).GetRunResult();
        result.Results.Single().Exception.ShouldBeNull();
        return result.Results.Single().GeneratedSources.ToImmutableDictionary(source => source.HintName, source => source.SourceText.ToString());
    }

    /// <summary>The same of the three generators; what they give must compile.</summary>
    public ImmutableDictionary<string, string> GeneratedByAll() => GeneratedByAll(out _);

    public ImmutableDictionary<string, string> GeneratedByAll(out CSharpCompilation complete)
    {
        var driver = WholeDriver().RunGeneratorsAndUpdateCompilation(Compile(), out var compilation, out _, TestContext.Current.CancellationToken);
        complete = (CSharpCompilation)compilation;
        using var image = new MemoryStream();
        Complaints(complete.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Diagnostics).ShouldBeEmpty();
        return driver.GetRunResult().Results.SelectMany(result => result.GeneratedSources).ToImmutableDictionary(source => source.HintName, source => source.SourceText.ToString());
    }

    /// <summary>Emits, loads and runs the module initializer, against the recorder.</summary>
    public LoadedProject Load() => LoadedProject.From(Generate(recorder: true), Frameworks);

    /// <summary>Errors anywhere, and warnings in what was generated: those in the user's code are the test's own affair.</summary>
    public static IEnumerable<Diagnostic> Complaints(IEnumerable<Diagnostic> diagnostics) => diagnostics.Where(diagnostic =>
        diagnostic.Severity == DiagnosticSeverity.Error
        || (diagnostic.Severity == DiagnosticSeverity.Warning && !IsUsers(diagnostic.Location.SourceTree?.FilePath)));

    private static bool IsUsers(string? path) => path is not null && !path.EndsWith(".g.cs", StringComparison.Ordinal);

    /// <summary>What the analyzers say, in the order of the code, as <c>error ECO1001 at Region = "Frnace": message</c>.</summary>
    public async Task<string[]> Diagnose()
    {
        var compilation = Compile();
        if (EditorConfig is not null)
        {
            compilation = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Severities(AnalyzerConfigSet.Create(
                ImmutableArray.Create(AnalyzerConfig.Parse(EditorConfig, Folder + ".editorconfig"))))));
        }

        var analyzers = compilation.WithAnalyzers(
            Analyzers,
            new AnalyzerOptions(AdditionalTexts, new Options(AllProperties)));
        var diagnostics = await analyzers.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)
            .Select(Describe)];
    }

    private static IEnumerable<MetadataReference> RealRuntime =>
    [
        MetadataReference.CreateFromFile(typeof(TrackEmissionsAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(TestOutcome).Assembly.Location),
    ];

    private static string Describe(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.SourceTree?.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length)
            ?? (diagnostic.Location.Kind == LocationKind.ExternalFile ? InFile(diagnostic.Location.GetLineSpan()) : "project");
        var severity = diagnostic.Severity.ToString().ToLowerInvariant();
        return $"{severity} {diagnostic.Id} at {place}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
    }

    private static string InFile(FileLinePositionSpan place) =>
        $"{Path.GetFileName(place.Path)}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1})";

    private sealed class Text(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override Microsoft.CodeAnalysis.Text.SourceText GetText(CancellationToken cancellationToken = default) =>
            Microsoft.CodeAnalysis.Text.SourceText.From(text);
    }

    private sealed class Severities(AnalyzerConfigSet configs) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            configs.GetOptionsForSourcePath(tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            configs.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);
    }

    private sealed class Options(ImmutableDictionary<string, string> properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values(properties.Clear());

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(properties.Clear());
    }

    private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}
