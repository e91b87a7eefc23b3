using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Eco2Test.Carbon;
using Eco2Test.Hardware;
using Eco2Test.TestKit.Acceptance;
using Eco2Test.Units;

namespace Eco2Test.Core.Tests.Hardware;

public sealed class ProductDataTests
{
    private static readonly string[] Tables =
        [.. typeof(ProductData).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("data/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name => name["data/".Length..])];

    [Fact]
    public void The_hash_that_the_build_computed_is_that_of_all_tables_in_the_order_of_their_names()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in Tables)
        {
            hash.AppendData(File.ReadAllBytes(Repository.PathOf("data", name)));
        }

        ProductData.Sha256.ShouldBe(Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant(), "a new table is to be named in Eco2Test.Core.csproj");
    }

    [Fact]
    public void The_tables_are_those_of_the_repository_and_the_largest_has_only_the_columns_that_are_read()
    {
        Tables.ShouldBe(Directory.EnumerateFiles(Repository.PathOf("data"), "*.csv").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var name in Tables.Where(name => name != "cpus.csv"))
        {
            ProductData.Bytes(name).SequenceEqual(File.ReadAllBytes(Repository.PathOf("data", name))).ShouldBeTrue(name);
        }

        using var whole = new StreamReader(Repository.PathOf("data", "cpus.csv"));
        using var embedded = ProductData.Open("cpus.csv");
        CsvTable.Rows(embedded).ShouldBe(CsvTable.Rows(whole).Select(row => new[] { row[0], row[1], row[2], Letters(row[4]), row[5] }));

        static string Letters(string source) => string.Concat(source.Split('+').Select(each => each[0]));
    }

    [Fact]
    public void Every_processor_has_the_TDP_cores_and_source_of_its_row()
    {
        using var table = new StreamReader(Repository.PathOf("data", "cpus.csv"));

        CpuModel.All().ShouldBe(CsvTable.Rows(table).Select(row => new CpuModel(
            row[0],
            Power.FromWatts(Number(row[1])),
            row[2].Length == 0 ? null : int.Parse(row[2], CultureInfo.InvariantCulture),
            row[4],
            row[5].Length == 0 ? null : Power.FromWatts(Number(row[5])))));

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Rows_that_are_read_where_they_lie_are_those_of_the_table()
    {
        foreach (var name in Tables)
        {
            using var table = ProductData.Open(name);
            using var rows = CsvTable.Rows(table).GetEnumerator();
            foreach (var row in new CsvScan(ProductData.Bytes(name)))
            {
                rows.MoveNext().ShouldBeTrue();
                for (var field = 0; field < rows.Current.Length; field++)
                {
                    row.Text(field).ShouldBe(rows.Current[field]);
                    row.IsEmpty(field).ShouldBe(rows.Current[field].Length == 0);
                }
            }

            rows.MoveNext().ShouldBeFalse(name);
        }
    }

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("header", new string[0])]
    [InlineData("h\n\n\na,b\r\nc,d", new[] { "a|b", "c|d" })]
    [InlineData("h\n\"a,b\",\"say \"\"c\"\"\"\n,\n", new[] { "a,b|say \"c\"", "|" })]
    [InlineData("h\n\"never ended,x\ny,z", new[] { "never ended,x", "y|z" })]
    public void Quotes_empty_lines_and_both_ends_of_lines_are_read(string text, string[] expected)
    {
        var rows = new List<string>();
        foreach (var row in new CsvScan(Encoding.UTF8.GetBytes(text)))
        {
            var hasSecond = !row.Raw(0).SequenceEqual(row.Line);
            rows.Add(hasSecond ? $"{row.Text(0)}|{row.Text(1)}" : row.Text(0));
        }

        rows.ShouldBe(expected);
    }

    [Fact]
    public void A_row_that_has_too_few_fields_or_no_number_says_so()
    {
        Should.Throw<FormatException>(() => First("h\na,b").Invoke(2)).Message.ShouldContain("'a,b' has too few fields");
        Should.Throw<FormatException>(() => First("h\na,b").Invoke(1)).Message.ShouldContain("'b' is no whole number");

        static Func<int, int> First(string table) => field =>
        {
            var rows = new CsvScan(Encoding.UTF8.GetBytes(table));
            rows.MoveNext();
            return rows.Current.Integer(field);
        };
    }
}
