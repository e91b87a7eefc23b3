using System.ComponentModel;

namespace Eco2Test.Runtime;

/// <summary>What a hook attaches, prints and fails with when its test has ended.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TestHookResult
{
    /// <summary>The name of the attachment: <c>window.eco2test.json</c>.</summary>
    public const string AttachmentName = "window.eco2test.json";

    private readonly Func<byte[], string> _writeAttachment;

    internal TestHookResult(byte[] attachment, string line, string? failure, Func<byte[], string> writeAttachment)
    {
        Attachment = attachment;
        Line = line;
        Failure = failure;
        _writeAttachment = writeAttachment;
    }

    /// <summary>The attachment, JSON in UTF-8, schema <c>eco2test-window/v1</c>.</summary>
    public byte[] Attachment { get; }

    /// <summary>One line for the test's output.</summary>
    public string Line { get; }

    /// <summary>Why the test must fail: a message that begins with <c>ECO2001</c>; <see langword="null"/> when it must not.</summary>
    public string? Failure { get; }

    /// <summary>Writes the attachment to a file of its own, for frameworks that attach files, and returns the file's path.</summary>
    /// <exception cref="IOException">It cannot be written; the hook says so in the test's output.</exception>
    public string WriteAttachment() => _writeAttachment(Attachment);

    /// <summary>Throws <see cref="BudgetExceededException"/> when the test must fail.</summary>
    public void ThrowIfFailed()
    {
        if (Failure is not null)
        {
            throw new BudgetExceededException(Failure);
        }
    }
}
