using System.ComponentModel;
using Eco2Test.Metering;
using Eco2Test.Reports;

namespace Eco2Test.Runtime;

/// <summary>What a hook attaches, prints and fails with when its test has ended.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TestHookResult
{
    /// <summary>The name of the attachment: <c>window.eco2test.json</c>.</summary>
    public const string AttachmentName = WindowAttachment.FileName;

    private readonly ClosedTest _test;

    internal TestHookResult(ClosedTest test) => _test = test;

    /// <summary>Whether anything is to be attached: not where <c>ECO2TEST_ATTACHMENTS</c> says no.</summary>
    public bool HasAttachment => _test.Content is not null;

    /// <summary>The attachment, JSON in UTF-8, schema <c>eco2test-window/v1</c>; empty where there is none.</summary>
    public byte[] Attachment => _test.Attachment ?? [];

    /// <summary>One line for the test's output.</summary>
    public string Line => _test.Line;

    /// <summary>Why the test must fail: a message that begins with <c>ECO2001</c>; <see langword="null"/> when it must not.</summary>
    public string? Failure => _test.Failure;

    /// <summary>Writes the attachment to a file of its own, for frameworks that attach files, and returns the file's path.</summary>
    /// <exception cref="IOException">It cannot be written; the hook says so in the test's output.</exception>
    public string WriteAttachment() => _test.WriteAttachment(Attachment);

    /// <summary>Throws <see cref="BudgetExceededException"/> when the test must fail.</summary>
    public void ThrowIfFailed()
    {
        if (Failure is not null)
        {
            throw new BudgetExceededException(Failure);
        }
    }
}
