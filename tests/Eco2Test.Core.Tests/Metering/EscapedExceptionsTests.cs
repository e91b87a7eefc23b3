using Eco2Test.Metering;

namespace Eco2Test.Core.Tests.Metering
{
    public sealed class EscapedExceptionsTests
    {
        [Fact]
        public void A_test_that_fails_before_its_window_is_opened_is_noticed_and_nothing_else_is()
        {
            var escaped = new EscapedExceptions();
            escaped.Watch();
            Should.Throw<InvalidOperationException>(() => throw new InvalidOperationException("in nobody's test"));
            Xunit.Sdk.TestInvoker<int>.Run(() => throw new BudgetExceededException("over"));
            escaped.HasTestWithoutWindow().ShouldBeFalse();

            Xunit.Sdk.TestInvoker<int>.Run(() => throw new InvalidOperationException("in a constructor"));

            escaped.HasTestWithoutWindow().ShouldBeTrue();
        }
    }
}

namespace Xunit.Sdk
{
    /// <summary>What xUnit v2 runs a test in, by its name.</summary>
    internal static class TestInvoker<T>
    {
        public static void Run(Action test)
        {
            try
            {
                test();
            }
            catch (Exception)
            {
                // It is the outcome of the test.
            }
        }
    }
}
