using Eco2Test.Units;

namespace Eco2Test.Metering;

/// <summary>The rows that the steps of a build add up to: projects by target framework, in them targets by name, in these tasks by name.</summary>
internal sealed class BuildTree
{
    /// <summary>What reading a project is called among its targets.</summary>
    public const string Evaluation = "(evaluation)";

    private const string RestoreTarget = "Restore";
    private const string BuildTarget = "Build";
    private const string Metaproject = ".metaproj";
    private const string Inside = " > ";

    private readonly Dictionary<(BuildTreeRow? Parent, string Name), BuildTreeRow> _places = [];
    private readonly List<BuildTreeRow> _rows = [];
    private readonly Dictionary<BuildTreeRow, BuiltProject> _built = [];
    private readonly BuildTreeRow?[] _ofSteps;
    private readonly string _root;

    private BuildTree(int steps, string root) => (_ofSteps, _root) = (new BuildTreeRow?[steps], root);

    /// <summary>Each behind what contains it.</summary>
    public IReadOnlyList<BuildTreeRow> Rows => _rows;

    /// <summary>The projects that were built, each for one framework; not those that only were restored or asked for something.</summary>
    public IReadOnlyCollection<BuiltProject> Built => _built.Values;

    /// <summary>The row that a step is of.</summary>
    public BuildTreeRow? RowOf(int step) => _ofSteps[step];

    /// <param name="steps">What a build did.</param>
    /// <param name="root">The folder that paths are relative to.</param>
    public static BuildTree Of(IReadOnlyList<BuildStep> steps, string root)
    {
        var tree = new BuildTree(steps.Count, root);
        var restores = steps.Where(step => step is { Kind: BuildStepKind.Target, Target: RestoreTarget }).Select(step => (step.Node, step.Context)).ToHashSet();
        var frameworks = steps.Where(step => step.TargetFramework is not null).GroupBy(step => step.ProjectFile)
            .ToDictionary(project => project.Key, project => project.Select(step => step.TargetFramework).Distinct().ToList());
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];

            // Where a project has one framework, what does not say which is of that.
            var framework = step.TargetFramework ?? (frameworks.GetValueOrDefault(step.ProjectFile) is [var only] ? only : null);
            tree.Add(i, step, restores.Contains((step.Node, step.Context)) ? "restore" : framework);
        }

        return tree;
    }

    private void Add(int index, BuildStep step, string? variant)
    {
        var row = Project(step, variant);
        NoteBuilt(row, step, variant);
        if (step.Kind == BuildStepKind.Evaluation)
        {
            row = Row(row, WindowKind.Target, Evaluation, step);
        }
        else if (step.Kind != BuildStepKind.Project && step.Target is { } target)
        {
            row = Row(row, WindowKind.Target, target, step);
        }

        if (step is { Kind: BuildStepKind.Task, Task: { } task })
        {
            row = Row(row, WindowKind.Task, task, step);
        }

        row.Note(step);
        _ofSteps[index] = row;
    }

    private void NoteBuilt(BuildTreeRow row, BuildStep step, string? variant)
    {
        if (step is { Kind: BuildStepKind.Target, Target: BuildTarget, Succeeded: true } && step.ProjectFile.EndsWith("proj", StringComparison.OrdinalIgnoreCase)
            && !step.ProjectFile.EndsWith(Metaproject, StringComparison.OrdinalIgnoreCase))
        {
            _built[row] = new BuiltProject(row.Id, step.ProjectFile, variant, step.Configuration);
        }
    }

    private BuildTreeRow Project(BuildStep step, string? variant)
    {
        var file = step.ProjectFile.EndsWith(Metaproject, StringComparison.OrdinalIgnoreCase) ? step.ProjectFile[..^Metaproject.Length] : step.ProjectFile;
        var suffix = variant is null ? "" : $" ({variant})";
        var key = file + suffix;
        if (!_places.TryGetValue((null, key), out var row))
        {
            var name = file.EndsWith("proj", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(file) : Path.GetFileName(file);
            _places[(null, key)] = row = new BuildTreeRow(null, WindowKind.Project, Relative(file) + suffix, name + suffix, step.StartedAt);
            _rows.Add(row);
        }

        row.StartsBy(step.StartedAt);
        return row;
    }

    private BuildTreeRow Row(BuildTreeRow parent, WindowKind kind, string name, BuildStep step)
    {
        if (!_places.TryGetValue((parent, name), out var row))
        {
            _places[(parent, name)] = row = new BuildTreeRow(parent, kind, parent.Id + Inside + name, name, step.StartedAt);
            _rows.Add(row);
        }

        row.StartsBy(step.StartedAt);
        return row;
    }

    /// <summary>Of a file that is not below the root, its name: where it lies is nobody's business.</summary>
    private string Relative(string file)
    {
        var relative = Path.GetRelativePath(_root, file);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? Path.GetFileName(file) : relative.Replace('\\', '/');
    }
}

/// <summary>A project that was built.</summary>
/// <param name="Id">What its row is called.</param>
/// <param name="File">Full path of the project.</param>
/// <param name="TargetFramework">Such as <c>net10.0</c>; <see langword="null"/> where nobody named one.</param>
/// <param name="Configuration">Such as <c>Release</c>.</param>
internal sealed record BuiltProject(string Id, string File, string? TargetFramework, string? Configuration);

/// <summary>A row, while it is added up.</summary>
internal sealed class BuildTreeRow(BuildTreeRow? parent, WindowKind kind, string id, string name, DateTimeOffset startedAt)
{
    private ActiveUse _part;
    private BoundedEnergy _cpu;
    private BoundedEnergy _gpu;
    private BoundedEnergy _ram;
    private Energy _shared;
    private int _count;
    private bool _hasFailed;
    private DateTimeOffset _startedAt = startedAt;

    public BuildTreeRow? Parent => parent;

    public WindowKind Kind => kind;

    public string Id => id;

    /// <summary>How long nodes were at it.</summary>
    public TimeSpan Active { get; set; }

    public double CpuSeconds => _part.CpuSeconds;

    public Energy Energy => _part.Total.Central;

    /// <summary>Its part of the interval that is being shared.</summary>
    public double Ticks { get; set; }

    /// <summary>Whether others could have worked in that part.</summary>
    public bool IsContested { get; set; }

    /// <summary>A step was this.</summary>
    public void Note(BuildStep step)
    {
        _count++;
        _hasFailed |= !step.Succeeded;
    }

    public void StartsBy(DateTimeOffset moment) => _startedAt = moment < _startedAt ? moment : _startedAt;

    /// <summary>Books a share of what was used; where that is not certain, it may have been none, or all.</summary>
    public void Book(ActiveUse used, double share, bool isCertain)
    {
        var part = used * share;
        _part += part;
        _shared += isCertain ? Energy.Zero : part.Total.Central;
        _cpu += Bounds(used.Cpu);
        _gpu += Bounds(used.Gpu);
        _ram += Bounds(used.Ram);

        BoundedEnergy Bounds(BoundedEnergy energy) => isCertain ? energy : new BoundedEnergy(Energy.Zero, Energy.Zero, energy.High);
    }

    public AttributedStep Result(int? place, double negligible, TimeSpan shortest) => new()
    {
        Parent = place,
        Kind = kind,
        Id = id,
        Name = name,
        Count = kind == WindowKind.Project ? 1 : Math.Max(1, _count),
        Succeeded = !_hasFailed,
        StartedAt = _startedAt,
        Active = Active,
        Use = _part with { Cpu = Between(_cpu, _part.Cpu), Gpu = Between(_gpu, _part.Gpu), Ram = Between(_ram, _part.Ram) },
        IsOverlapped = _shared.Joules > _part.Total.Central.Joules * negligible,
        IsBelowResolution = Active < shortest,
    };

    private static BoundedEnergy Between(BoundedEnergy bounds, BoundedEnergy part) =>
        new BoundedEnergy(bounds.Low > Energy.Zero ? bounds.Low : Energy.Zero, part.Central, bounds.High).InOrder();
}
