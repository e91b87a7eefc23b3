using System.Runtime.CompilerServices;
using Microsoft.Testing.Extensions.TrxReport.Abstractions;
using Microsoft.Testing.Platform.Extensions.Messages;

namespace Eco2Test.TestingPlatform;

/// <summary>
/// A budget that fails the run as a test that has failed: the platform has no other way to fail a run that every consumer
/// shows, the terminal and the TRX among them.
/// </summary>
internal static class BudgetNode
{
    private const string Class = "Eco2Test.Budgets";
    private const string UidPrefix = "eco2test-budget:";

    public static TestNode Of(RunFailure failure)
    {
        var node = new TestNode
        {
            Uid = UidPrefix + failure.Id,
            DisplayName = failure.Name,
            Properties = new PropertyBag(
                new FailedTestNodeStateProperty(new BudgetOfRunException(failure.Message), failure.Message),
                new TestMethodIdentifierProperty(typeof(BudgetNode).Assembly.FullName ?? "", "Eco2Test", "Budgets", failure.Name, 0, [], "System.Void")),
        };
        try
        {
            AddTrx(node, failure.Message);
        }
        catch (Exception fault) when (fault is FileNotFoundException or TypeLoadException)
        {
            // The application knows no TRX: nothing reads the properties.
        }

        return node;
    }

    /// <summary>
    /// The budgets among the tests that a retry asks for, because an earlier attempt failed them. They fail again: what
    /// is spent stays spent, however little this attempt uses.
    /// </summary>
    public static IReadOnlyList<RunFailure> Retried(IEnumerable<string> uids) =>
        [.. uids.Where(uid => uid.StartsWith(UidPrefix, StringComparison.Ordinal)).Select(uid => RunFailure.OfEarlierAttempt(uid[UidPrefix.Length..]))];

    /// <summary>Without these the row of a TRX has neither class nor message.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddTrx(TestNode node, string message)
    {
        node.Properties.Add(new TrxExceptionProperty(message, ""));
        node.Properties.Add(new TrxFullyQualifiedTypeNameProperty(Class));
    }

    private sealed class BudgetOfRunException(string message) : Exception(message);
}
