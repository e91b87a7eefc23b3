using Eco2Test.Hardware;

namespace Eco2Test.Carbon.Live.Tests;

/// <summary>What the environment says of services, and what it must not.</summary>
public sealed class LiveSourcesTests
{
    [Fact]
    public void Every_name_opens_its_source()
    {
        foreach (var name in LiveSources.Names)
        {
            Open(name, ("ECO2TEST_ELECTRICITY_MAPS_TOKEN", "t"), ("ECO2TEST_WATTTIME_USERNAME", "u"), ("ECO2TEST_WATTTIME_PASSWORD", "p"))!.Name.ShouldBe(name);
        }

        Open("electricitymaps").ShouldBeNull();
    }

    [Theory]
    [InlineData("electricity-maps", "ECO2TEST_ELECTRICITY_MAPS_TOKEN")]
    [InlineData("watttime", "ECO2TEST_WATTTIME_USERNAME")]
    public void A_missing_credential_is_named(string source, string variable) =>
        Should.Throw<MissingCredentialException>(() => Open(source)).Message.ShouldContain(variable);

    [Fact]
    public void A_missing_password_is_named() =>
        Should.Throw<MissingCredentialException>(() => Open("watttime", ("ECO2TEST_WATTTIME_USERNAME", "u"))).Message.ShouldContain("ECO2TEST_WATTTIME_PASSWORD");

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("schlüssel")]
    public void A_credential_that_no_header_holds_is_said_and_not_quoted(string token)
    {
        var message = Should.Throw<MissingCredentialException>(() => Open("electricity-maps", ("ECO2TEST_ELECTRICITY_MAPS_TOKEN", token))).ToString();

        message.ShouldContain("ECO2TEST_ELECTRICITY_MAPS_TOKEN");
        message.ShouldNotContain(token);
    }

    [Theory]
    [InlineData("http://api.carbonintensity.org.uk")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("https://user:pa55word@proxy.example")]
    [InlineData("https://proxy.example/?key=pa55word")]
    [InlineData("ftp://proxy.example")]
    [InlineData("file:///etc/passwd")]
    [InlineData("proxy.example")]
    [InlineData("pa55word")]
    public void An_address_that_credentials_may_not_go_to_is_refused_and_not_quoted(string address)
    {
        var message = Should.Throw<FormatException>(() => Open("uk-carbon-intensity", ("ECO2TEST_UK_CARBON_INTENSITY_URL", address))).Message;

        message.ShouldContain("ECO2TEST_UK_CARBON_INTENSITY_URL");
        message.ShouldNotContain("pa55word");
    }

    [Theory]
    [InlineData("https://proxy.example/carbon")]
    [InlineData("http://localhost:8080")]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://[::1]:8080/")]
    public void A_proxy_and_this_machine_are_addresses(string address) =>
        Open("uk-carbon-intensity", ("ECO2TEST_UK_CARBON_INTENSITY_URL", address)).ShouldNotBeNull();

    [Fact]
    public async Task A_proxy_may_have_a_path_of_its_own()
    {
        await using var service = await FakeService.StartAsync();
        service.Clock = () => Stage.Now;
        service.Answer = Answers.Status(404);
        var source = Open("uk-carbon-intensity", ("ECO2TEST_UK_CARBON_INTENSITY_URL", service.Address + "/carbon/uk"))!;

        await Should.ThrowAsync<IntensitySourceException>(source.ReadAsync(new(RegionCatalog.Default.FindPlace("GB")!, Stage.Now, Stage.Now.AddHours(1)), CancellationToken.None));

        service.Questions.ShouldHaveSingleItem().ShouldStartWith("/carbon/uk/intensity/2025-11-21");
    }

    [Fact]
    public async Task Who_cancels_gets_that()
    {
        await using var stage = await Stage.SetAsync(new UkScript());
        using var cancel = new CancellationTokenSource();
        stage.Answers(async context =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        await Should.ThrowAsync<OperationCanceledException>(
            stage.Source.ReadAsync(new(RegionCatalog.Default.FindPlace("GB")!, stage.At(-2), stage.At(0)), cancel.Token));
    }

    [Fact]
    public void Secrets_are_hidden_before_a_quote_is_cut()
    {
        var quote = new Secrets().Add("s3cret").Quote(new string(' ', 5000) + new string('x', 157) + "s3cret");

        quote.ShouldNotContain("s3c");
        quote.Length.ShouldBeLessThanOrEqualTo(161);
    }

    [Fact]
    public void A_secret_in_pieces_is_not_quoted() =>
        new Secrets().Add("s3cret-of-mine").Quote("token s 3 c r e t-\u0000o.f mine").ShouldBe("what it said holds credentials, and is not shown");

    private static IIntensitySource? Open(string name, params (string Name, string Value)[] variables)
    {
        var environment = new EnvironmentVariables(variables.ToDictionary(variable => variable.Name, variable => variable.Value).GetValueOrDefault);
        var time = new RetryTime(Stage.Now, Patience.Default);
        return new LiveSources(environment, time, new AnswerCache(null, time)).Open(name, zone: null);
    }
}
