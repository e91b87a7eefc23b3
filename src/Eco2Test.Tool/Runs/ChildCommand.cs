using System.ComponentModel;
using System.Diagnostics;

namespace Eco2Test.Tool;

/// <summary>
/// The one door to a command that is started for somebody: without a shell, with the terminal, the input and the output of
/// this process, so that it sees no difference.
/// </summary>
internal static class ChildCommand
{
    private const int CannotExecute = 8;

    /// <summary>Runs it to its end.</summary>
    /// <param name="file">Full path of the program.</param>
    /// <param name="words">The command as it was given: its program first.</param>
    /// <param name="environment">What is set for it beside what is set for this process.</param>
    /// <param name="signals">What this process is sent meanwhile.</param>
    /// <param name="group">The group of processes that it starts in, if any.</param>
    /// <returns>Its exit code; of one that a signal has ended 128 and its number, as shells have it.</returns>
    /// <exception cref="InputException">It cannot be started.</exception>
    public static int Run(string file, IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment, SignalRelay signals, CommandGroup? group)
    {
        var start = new ProcessStartInfo(file) { UseShellExecute = false };
        foreach (var word in words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = group is null ? Start(start, words[0]) : group.Start(() => Start(start, words[0]));
        signals.PassTo(process.Id);
        process.WaitForExit();
        signals.PassTo(null);
        return process.ExitCode;
    }

    private static Process Start(ProcessStartInfo start, string word)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception fault)
        {
            throw CommandSearch.Missing(word, fault.NativeErrorCode == CannotExecute && !OperatingSystem.IsWindows()
                ? "is no program: a script must begin with a line such as '#!/bin/sh'"
                : $"cannot be started ({fault.Message.TrimEnd('.')})");
        }
    }
}
