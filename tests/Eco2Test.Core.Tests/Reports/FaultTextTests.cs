using Eco2Test.Reports;

namespace Eco2Test.Core.Tests.Reports;

public sealed class FaultTextTests
{
    [Theory]
    [InlineData("No space left on device : '/home/ann/shop/results/run.journal'", "No space left on device : 'run.journal'")]
    [InlineData("Could not copy '/a/b' to '/c/d'.", "Could not copy 'b' to 'd'.")]
    [InlineData("'FR' is not 'DE'", "'FR' is not 'DE'")]
    [InlineData("It can't read '/a/b'", "It can't read 'b'")]
    [InlineData("'/", "'")]
    [InlineData("", "")]
    public void Of_a_path_that_a_message_quotes_the_name_is_left(string message, string expected) =>
        FaultText.WithoutPaths(message).ShouldBe(expected);

    [Fact]
    public void A_folder_that_is_known_is_taken_out_though_its_name_holds_a_quote() =>
        FaultText.WithoutPaths("Access to the path '/home/o'brien/results/run.journal' is denied.", "/home/o'brien/results")
            .ShouldBe("Access to the path 'results/run.journal' is denied.");

    [Fact]
    public void A_fault_is_its_type_and_its_message() =>
        FaultText.Of(new IOException("The file '/tmp/x/y.csv' already exists.")).ShouldBe("IOException: The file 'y.csv' already exists.");
}
