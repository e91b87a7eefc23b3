using System.Text;
using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.Data.Tests;

/// <summary>The tables of this repository are valid, and a check that could not fail would be none: each is broken here.</summary>
public sealed class ValidatorTests
{
    private static readonly Dictionary<string, byte[]> Files = Program.Files(Repository.Root);

    private static readonly string[] Hashed = Program.Hashed(Repository.Root);

    [Fact]
    public void The_tables_of_this_repository_are_valid() => Program.FaultsOf(Repository.Root).Select(fault => fault.ToString()).ShouldBeEmpty();

    [Theory]
    [InlineData("grid-intensity.csv", "\nFR,France,", "\nAA,France,", "'AA' comes before the row above it")]
    [InlineData("grid-intensity.csv", "\nFR,France,FR,", "\nGA,France,FR,", "the key 'GA' is that of line")]
    [InlineData("grid-intensity.csv", "\nFR,France,FR,44.18", "\nFR,France,FR,0", "'gCO2_per_kWh' is 0, which is not within 1 and 2000")]
    [InlineData("grid-intensity.csv", "\nFR,France,FR,44.18", "\nFR,France,FR,44;18", "'gCO2_per_kWh' is '44;18', which is no number")]
    [InlineData("grid-intensity.csv", "\nFR,France,FR,44.18", "\nFR,France,FR,", "'gCO2_per_kWh' is empty")]
    [InlineData("grid-intensity.csv", "\nFR,France,FR,44.18,average", "\nFR,France,FR,44.18,marginal", "'kind' is 'marginal', which is none of average")]
    [InlineData("grid-intensity.csv", "\nFR,France,FR,44.18", "\nFR,France,FR,1,44.18", "it has 11 fields, and the header 10")]
    [InlineData("grid-intensity.csv", "\nFR,France,", "\nFR, France,", "'name' has spaces around it")]
    [InlineData("grid-intensity.csv", "\nFR,France,", "\nFR,,", "'name' is empty")]
    [InlineData("grid-intensity.csv", ",2024,EMBER,", ",2024,NOBODY,", "README.md has no row of the source 'NOBODY'")]
    [InlineData("grid-intensity.csv", ",2024,EMBER,", ",2009,EMBER,", "'year' is 2009")]
    [InlineData("grid-intensity.csv", "code,name,", "name,code,", "the header is not 'code,name,")]
    [InlineData("grid-intensity.csv", "\nFR,", "\r\nFR,", "a line ends with CR LF")]
    [InlineData("grid-intensity.csv", "\nNA,Namibia", "\nNA0,Namibia", "'NA' has no figure, and is not listed as missing")]
    [InlineData("grid-intensity.csv", "code,", "\uFEFFcode,", "it begins with a byte order mark")]
    [InlineData("grid-aliases.csv", "\nFRA,FR,", "\nFRA,FX,", "the alias 'FRA' means 'FX', which grid-intensity.csv does not have")]
    [InlineData("grid-aliases.csv", "\nFrance,FR,", "\nFR,GF,", "the alias 'FR' is the code of another region")]
    [InlineData("grid-aliases.csv", "\nFrench Republic,", "\nFRANCE,", "the key 'FRANCE' is that of line")]
    [InlineData("cloud-regions.csv", "aws,eu-west-3,Paris,FR,", "aws,eu-west-3,Paris,FX,", "the grid 'FX' is not in grid-intensity.csv")]
    [InlineData("cloud-regions.csv", "aws,eu-west-3,Paris,FR,FR,FR,1.2,", "aws,eu-west-3,Paris,FR,FR,FR,0.9,", "'pue' is 0.9")]
    [InlineData("cloud-regions.csv", "aws,eu-west-3,Paris,FR,FR,FR,1.2,", "aws,eu-west-3,Paris,FR,FR,FR,,", "a PUE and its source come together")]
    [InlineData("ci-runners.csv", ",macos-14-mac-mini-m1,", ",no-such-curve,", "the curve 'no-such-curve' is not in machine-power-curves.csv")]
    [InlineData("gpus.csv", "Tesla V100|V100", "Tesla V100|T4", "means 'Tesla")]
    [InlineData("gpus.csv", ",300,35,16,1,greenalgorithms", ",9000,35,16,1,greenalgorithms", "'tdp_w' is 9000")]
    [InlineData("cloud-instances.csv", ",Tesla T4,1,", ",Tesla T5,1,", "the GPU 'Tesla T5' is no model of gpus.csv")]
    [InlineData("cloud-instances.csv", ",Tesla T4,1,", ",Tesla T4,,", "a GPU and how many of it come together")]
    [InlineData("cloud-instances.csv", "Cascade Lake|Skylake", "Cascade Lake|Skybridge", "the microarchitecture 'Skybridge' has no coefficient")]
    [InlineData("cpu-microarchitectures.csv", ",Haswell,exact", ",Nehalem,exact", "'Nehalem' has no coefficient")]
    [InlineData("cpus.csv", "AMD EPYC 7763,280", "AMD EPYC 7763,0", "'tdp_w' is 0")]
    [InlineData("iso-3166-1.csv", "\nAD,AND,020,Andorra,", "", "ISO 3166-1 has 249 codes, and it 248")]
    [InlineData("iso-3166-1.csv", "\nAD,AND,", "\nAD,AFG,", "is of two countries")]
    [InlineData("iso-3166-1.csv", "\nAD,AND,020", "\nAD,AND,20", "codes are two letters, three letters and three digits")]
    [InlineData("iso-3166-1.csv", "\nFR,FRA,", "\nFQ,FRA,", "'FR' is no country of iso-3166-1.csv")]
    [InlineData("equivalents.csv", ",12.4,", ",-12.4,", "'gCO2e_each' is -12.4")]
    [InlineData("README.md", "Missing, of ISO 3166-1: AD ", "Missing, of ISO 3166-1: ", "'AD' has no figure, and is not listed as missing")]
    [InlineData("README.md", "Missing, of ISO 3166-1: AD ", "Missing, of ISO 3166-1: AD FR ", "'FR' is listed as missing, and has a figure")]
    [InlineData("README.md", "| `gpus.csv` | 84 |", "| `gpus.csv` | 85 |", "'gpus.csv' has 84 rows, not 85")]
    [InlineData("README.md", "| `gpus.csv` |", "| gpus |", "it has no row of 'gpus.csv'")]
    [InlineData("grid-marginal.csv", ",2021,IFI-TWG-3.1\n", ",2021,EMBER\n", "its source is share-alike, and must have a file of its own")]
    [InlineData("grid-intensity.csv", ",2024,EMBER,", ",2024,IFI-TWG-3.1,", "its source is share-alike, and must have a file of its own")]
    [InlineData("README.md", "| `EMBER` |", "| Ember |", "README.md has no row of the source 'EMBER'")]
    public void What_is_broken_is_found_where_it_is(string file, string was, string @is, string says)
    {
        var text = Encoding.UTF8.GetString(Files[file]);
        text.ShouldContain(was, Case.Sensitive);

        var faults = FaultsOf(file, Replaced(text, was, @is));

        faults.ShouldContain(fault => fault.Message.Contains(says, StringComparison.Ordinal), string.Join('\n', faults.Take(10)));
        faults.ShouldAllBe(fault => fault.Line > 0 && fault.File.StartsWith("data/", StringComparison.Ordinal));
    }

    [Fact]
    public void A_fault_is_written_as_compilers_write_it()
    {
        var text = Encoding.UTF8.GetString(Files["grid-intensity.csv"]);
        var line = text.Split('\n').ToList().FindIndex(row => row.StartsWith("FR,", StringComparison.Ordinal)) + 1;

        FaultsOf("grid-intensity.csv", Replaced(text, "\nFR,France,FR,44.18", "\nFR,France,FR,0"))[0].ToString()
            .ShouldBe($"data/grid-intensity.csv({line}): error: 'gCO2_per_kWh' is 0, which is not within 1 and 2000");
    }

    [Fact]
    public void A_last_line_that_does_not_end_is_found() =>
        FaultsOf("gpus.csv", Encoding.UTF8.GetString(Files["gpus.csv"]).TrimEnd()).ShouldContain(fault => fault.Message == "its last line does not end");

    [Fact]
    public void What_is_not_UTF8_is_found() =>
        new Validator(With("gpus.csv", [0xC3, 0x28, (byte)'\n']), Hashed).Validate().ShouldContain(fault => fault.File == "data/gpus.csv" && fault.Message == "it is not UTF-8");

    [Fact]
    public void A_table_that_is_missing_or_that_nobody_knows_is_found()
    {
        var without = new Dictionary<string, byte[]>(Files);
        without.Remove("gpus.csv");

        new Validator(without, Hashed).Validate().ShouldContain(fault => fault.File == "data/gpus.csv" && fault.Message == "the table is missing");
        new Validator(With("new.csv", "a,b\n"u8.ToArray()), Hashed).Validate().Select(fault => fault.Message).ShouldBe(
            ["Eco2Test.Core.csproj does not name it among the tables that are hashed", "no rules say what it must be like: add them to TableRules.cs"]);
    }

    [Fact]
    public void A_table_that_the_hash_does_not_cover_is_found() =>
        new Validator(Files, Hashed.Where(name => name != "gpus").ToList()).Validate().ShouldHaveSingleItem().File.ShouldBe("data/gpus.csv");

    [Fact]
    public void Without_README_nothing_is_proven() =>
        new Validator(Files.Where(file => file.Key != "README.md").ToDictionary(), Hashed).Validate().ShouldContain(fault => fault.File == "data/README.md" && fault.Message == "it is missing");

    private static IReadOnlyList<Fault> FaultsOf(string file, string text) => new Validator(With(file, Encoding.UTF8.GetBytes(text)), Hashed).Validate();

    private static Dictionary<string, byte[]> With(string file, byte[] bytes) => new(Files) { [file] = bytes };

    /// <summary>The first only: the rest of a table stays right.</summary>
    private static string Replaced(string text, string was, string @is)
    {
        var at = text.IndexOf(was, StringComparison.Ordinal);
        return $"{text[..at]}{@is}{text[(at + was.Length)..]}";
    }
}
