using Eco2Test.TestKit.Acceptance;

namespace Eco2Test.TestKit.Tests;

public sealed class TrxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eco2test-trx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Outcome_message_and_output_of_each_result_are_read()
    {
        var trx = Read();

        trx.Outcome.ShouldBe("Failed");
        trx.Output.ShouldBe("outside any test");
        trx.ResultOf("Passes").Outcome.ShouldBe("Passed");
        trx.ResultOf("Passes").StdOut.ShouldBe("from the body");
        trx.ResultOf("Passes").ClassName.ShouldBe("Sample.Basics");
        trx.ResultOf("Exceeds").Outcome.ShouldBe("Failed");
        trx.ResultOf("Exceeds").Message.ShouldStartWith("ECO2001");
    }

    [Fact]
    public void Rows_are_found_by_their_method() =>
        Read().ResultsOf("Rows").Select(result => result.Name).ShouldBe(["Sample.Basics.Rows(n: 1.5)", "Rows (2)"]);

    [Fact]
    public void An_attachment_of_a_test_lies_below_its_execution() =>
        Read().ResultOf("Passes").Attachments.ShouldBe([Path.Combine(_folder, "_vm_today", "In", "e1", "vm", "window.eco2test.json")]);

    [Fact]
    public void An_attachment_that_a_collector_made_for_a_test_lies_there_too() =>
        Read().ResultOf("Exceeds").Attachments.ShouldBe([Path.Combine(_folder, "_vm_today", "In", "e2", "vm", "collected.json")]);

    [Fact]
    public void An_attachment_of_the_run_lies_above_them() =>
        Read().Attachments.ShouldBe([Path.Combine(_folder, "_vm_today", "In", "vm", "session.json")]);

    [Fact]
    public void A_folder_without_one_TRX_is_an_error_that_names_it() =>
        Should.Throw<InvalidOperationException>(() => Trx.ReadOnlyOneIn(_folder)).Message.ShouldContain(_folder);

    [Theory]
    [InlineData("Ns.Class.Rows(n: 1.5)", "Rows")]
    [InlineData("Rows(1)", "Rows")]
    [InlineData("Rows (1)", "Rows")]
    [InlineData("Ns.Class.Rows#2", "Rows")]
    [InlineData("Ns.Class.Passes", "Passes")]
    [InlineData("Passes", "Passes")]
    public void A_name_leads_to_its_method(string name, string method) => TestNames.MethodOf(name).ShouldBe(method);

    private Trx Read()
    {
        File.WriteAllText(Path.Combine(_folder, "run.trx"), """
            <?xml version="1.0" encoding="utf-8"?>
            <TestRun id="r" xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
              <TestSettings name="default" id="s"><Deployment runDeploymentRoot="_vm_today" /></TestSettings>
              <Results>
                <UnitTestResult executionId="e1" testId="t1" testName="Sample.Basics.Passes" outcome="Passed" relativeResultsDirectory="e1">
                  <Output><StdOut>from the body</StdOut></Output>
                  <ResultFiles><ResultFile path="vm\window.eco2test.json" /></ResultFiles>
                </UnitTestResult>
                <UnitTestResult executionId="e2" testId="t2" testName="Exceeds" outcome="Failed">
                  <Output><ErrorInfo><Message>ECO2001: too much</Message><StackTrace>at …</StackTrace></ErrorInfo></Output>
                  <CollectorDataEntries><Collector agentName="vm" uri="datacollector://eco2test/1"><UriAttachments><UriAttachment>
                    <A href="vm/collected.json">energy</A></UriAttachment></UriAttachments></Collector></CollectorDataEntries>
                </UnitTestResult>
                <UnitTestResult executionId="e3" testId="t3" testName="Sample.Basics.Rows(n: 1.5)" outcome="Passed" />
                <UnitTestResult executionId="e4" testId="t3" testName="Rows (2)" outcome="Passed" />
              </Results>
              <TestDefinitions>
                <UnitTest name="Sample.Basics.Passes" id="t1"><TestMethod className="Sample.Basics" name="Passes" /></UnitTest>
              </TestDefinitions>
              <ResultSummary outcome="Failed">
                <Output><StdOut>outside any test</StdOut></Output>
                <CollectorDataEntries><Collector agentName="vm" uri="datacollector://eco2test/1"><UriAttachments><UriAttachment>
                  <A href="vm/session.json" /></UriAttachment></UriAttachments></Collector></CollectorDataEntries>
              </ResultSummary>
            </TestRun>
            """);
        return Trx.ReadOnlyOneIn(_folder);
    }
}
