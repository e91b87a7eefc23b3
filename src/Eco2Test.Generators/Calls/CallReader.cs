using System.Globalization;
using Eco2Test.Generators.Diagnostics;
using Eco2Test.Generators.Model;
using Eco2Test.Generators.Table;
using Eco2Test.Generators.Wrappers;
using Eco2Test.Generators.Wrapping;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.Generators.Calls;

/// <summary>
/// Finds the calls of tracked methods. It is the one step that sees a whole compilation, since a call must be bound; what
/// it gives is compared by value, and it feeds nothing but what is written at a build.
/// </summary>
internal sealed class CallReader
{
    private readonly Compilation _compilation;
    private readonly string _directory;
    private readonly TestRecognizer _tests;
    private readonly Dictionary<IMethodSymbol, Found?> _methods = new(SymbolEqualityComparer.Default);

    private CallReader(Compilation compilation, string directory) =>
        (_compilation, _directory, _tests) = (compilation, directory, new TestRecognizer(compilation));

    public static EquatableArray<TrackedCall> Read(Compilation compilation, IEnumerable<string> names, string directory, CancellationToken cancellation)
    {
        var wanted = new HashSet<string>(names, StringComparer.Ordinal);
        if (wanted.Count == 0)
        {
            return default;
        }

        var reader = new CallReader(compilation, directory);
        var finder = new CallFinder(wanted);
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            reader.Read(tree, finder, cancellation);
        }

        return new(reader._methods.Values
            .OfType<Found>()
            .Where(found => found.Sites.Count > 0)
            .Select(found => found.ToModel())
            .OrderBy(call => call.Target, StringComparer.Ordinal)
            .ThenBy(call => call.Wrapper.TypeParameters, StringComparer.Ordinal)
            .ThenBy(call => call.Wrapper.Parameters, StringComparer.Ordinal)
            .ToArray());
    }

    private void Read(SyntaxTree tree, CallFinder finder, CancellationToken cancellation)
    {
        SemanticModel? model = null;
        foreach (var call in finder.In(tree, cancellation))
        {
            // What is null does not matter here, and to find it out takes most of the time.
#pragma warning disable RSEXPERIMENTAL001
            model ??= _compilation.GetSemanticModel(tree, SemanticModelOptions.DisableNullableAnalysis);
#pragma warning restore RSEXPERIMENTAL001
            Read(call, model, cancellation);
        }
    }

    private void Read(InvocationExpressionSyntax call, SemanticModel model, CancellationToken cancellation)
    {
        var binding = CallBinding.Least(call, model, cancellation);
        var target = binding.Target(call);
        if (target is null && binding.IsAlone)
        {
            binding = CallBinding.Whole(model, cancellation);
            target = binding.Target(call);
        }

        if (target is null
            || Find(target) is not { } found
            || CallInterception.ObstacleOf(call, target, binding, model, cancellation) != Obstacle.None
            || model.GetInterceptableLocation(call, cancellation) is not { } location)
        {
            return;
        }

        var line = call.SyntaxTree.GetLineSpan(call.Expression.Span, cancellation).StartLinePosition;
        var place = string.Format(
            CultureInfo.InvariantCulture, "{0}({1},{2})", ProjectDirectory.Relative(_directory, call.SyntaxTree.FilePath), line.Line + 1, line.Character + 1);
        found.Sites.Add((call.SyntaxTree.FilePath, call.SpanStart, new CallSite(location.Version, location.Data, place)));
    }

    /// <summary>The method, if it is tracked by wrapping its calls.</summary>
    private Found? Find(IMethodSymbol target)
    {
        var method = (target.ReducedFrom ?? target).OriginalDefinition;
        method = method.PartialDefinitionPart ?? method;
        if (!_methods.TryGetValue(method, out var found))
        {
            _methods[method] = found = Make(method);
        }

        return found;
    }

    private Found? Make(IMethodSymbol method)
    {
        if (Tracking.CarrierOf(method, _tests) is not { } carrier
            || SettingsReader.Of(carrier).Enabled == false
            || ExactForm.Is(method)
            || MethodWrapping.ObstacleOf(method, _compilation) != Obstacle.None)
        {
            return null;
        }

        var type = carrier as INamedTypeSymbol ?? carrier.ContainingType;
        return new TypeNames(_compilation).CanName(type)
            ? new Found(TargetName.Of(method), TargetName.Of(carrier), SignatureText.Open(type), WrapperReader.Read(method, _compilation))
            : null;
    }

    /// <summary>A method and the calls that were found so far.</summary>
    private sealed record Found(string Target, string Row, string Carrier, WrapperText Wrapper)
    {
        public List<(string Path, int Start, CallSite Site)> Sites { get; } = [];

        public TrackedCall ToModel() => new(Target, Row, Carrier, Wrapper, new(Sites
            .OrderBy(found => found.Path, StringComparer.Ordinal)
            .ThenBy(found => found.Start)
            .Select(found => found.Site)
            .ToArray()));
    }
}
