namespace Eco2Test.Tool.Tests;

public sealed class PatientCallTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_late_answer_is_taken_when_it_comes_and_the_next_call_is_patient_again()
    {
        using var answers = new SemaphoreSlim(0);
        var calls = 0;
        var call = new PatientCall<int>(
            () =>
            {
                answers.Wait();
                return Interlocked.Increment(ref calls);
            },
            _time);

        (await Pass(call)).ShouldBe((false, 0));
        (await call.AskAsync(Limit, CancellationToken.None)).ShouldBe((false, 0), "it is not waited for again");

        answers.Release();
        (bool IsAnswered, int Answer) late;
        do
        {
            late = await call.AskAsync(Limit, CancellationToken.None);
        }
        while (!late.IsAnswered);

        late.ShouldBe((true, 1));
        (await Pass(call)).ShouldBe((false, 0));
        calls.ShouldBe(1);
        answers.Release();
    }

    private async Task<(bool IsAnswered, int Answer)> Pass(PatientCall<int> call)
    {
        var asked = call.AskAsync(Limit, CancellationToken.None);
        await _time.PassAsync(Limit);
        return await asked;
    }
}
