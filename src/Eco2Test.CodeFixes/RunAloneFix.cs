using System.Collections.Immutable;
using System.Composition;
using Eco2Test.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Eco2Test.CodeFixes;

/// <summary>Keeps a test with a budget from running beside others, in the frameworks that have an attribute for it (ECO1016).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RunAloneFix))]
[Shared]
public sealed class RunAloneFix : CodeFixProvider
{
    private static readonly ImmutableDictionary<string, string> Attributes = ImmutableDictionary<string, string>.Empty
        .Add("NUnit", "NUnit.Framework.NonParallelizable")
        .Add("MSTest", "Microsoft.VisualStudio.TestTools.UnitTesting.DoNotParallelize")
        .Add("TUnit", "TUnit.Core.NotInParallel");

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["ECO1016"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(FixProperties.Framework, out var framework)
                && framework is not null
                && Attributes.TryGetValue(framework, out var name)
                && root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { } attribute)
            {
                var title = $"Add [{name.Substring(name.LastIndexOf('.') + 1)}]";
                context.RegisterCodeFix(
                    CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(Changed(root, attribute, name))), title),
                    diagnostic);
            }
        }
    }

    /// <summary>NUnit's own attribute of the opposite is replaced: both on one member would leave the choice to chance.</summary>
    private static SyntaxNode Changed(SyntaxNode root, AttributeSyntax attribute, string name)
    {
        var opposite = attribute.Parent!.Parent!.ChildNodes().OfType<AttributeListSyntax>()
            .SelectMany(list => list.Attributes)
            .FirstOrDefault(candidate => candidate.Name.ToString().Split('.').Last() is "Parallelizable" or "ParallelizableAttribute");
        return opposite is null
            ? AttributeEdits.AddBehind(root, attribute, AttributeEdits.Create(name))
            : root.ReplaceNode(opposite, AttributeEdits.Create(name).WithTriviaFrom(opposite));
    }
}
