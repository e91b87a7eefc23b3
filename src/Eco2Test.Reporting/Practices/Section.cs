namespace Eco2Test.Reporting;

/// <summary>A part of a text for people, the same in every format: sentences, a table, and notes below it.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Sentences">What stands above the table.</param>
internal sealed record Section(string Title, params IReadOnlyList<string> Sentences)
{
    /// <summary>The headings of the table; none when there is no table.</summary>
    public IReadOnlyList<string> Headings { get; init; } = [];

    /// <summary>Its rows.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; init; } = [];

    /// <summary>The columns that hold names: to the left, and cut where there is no room; all others are figures.</summary>
    public IReadOnlyList<int> Names { get; init; } = [];

    /// <summary>What stands below the table.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
