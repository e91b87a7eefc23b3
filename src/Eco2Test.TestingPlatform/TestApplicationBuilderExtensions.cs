using System.Reflection;
using Eco2Test.Hardware;
using Eco2Test.Metering;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Configurations;
using Microsoft.Testing.Platform.Services;

namespace Eco2Test.TestingPlatform;

/// <summary>Adds Eco2Test to a test application with an entry point of its own.</summary>
public static class TestApplicationBuilderExtensions
{
    /// <summary>Adds <c>--report-emissions</c> and what belongs to it.</summary>
    /// <param name="builder">The application.</param>
    public static void AddEmissionsReport(this ITestApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        // Only the process that runs the tests makes what is below: one that controls it, or looks after it, has nothing but the options.
        var times = new TestTimes();
        builder.CommandLine.AddProvider(() => new EmissionsOptions(() => RunSettings.Read(EnvironmentVariables.OfThisProcess, RunIdentity.BuildProperties(Tests)).Regions));
        builder.TestHost.AddDataConsumer(services => new TestTimesConsumer(times, Asked(services)));
        builder.TestHost.AddTestSessionLifetimeHandle(services => new EmissionsSession(Asked(services), times, services.GetMessageBus(), services.GetOutputDevice()));
        builder.TestHost.AddTestHostApplicationLifetime(services => new AttachmentRemover(services.GetCommandLineOptions()));
    }

    /// <summary>A test application is the assembly of its tests.</summary>
    private static Assembly Tests => Assembly.GetEntryAssembly() ?? typeof(TestApplicationBuilderExtensions).Assembly;

    private static AskedFor Asked(IServiceProvider services) =>
        AskedFor.Of(services.GetCommandLineOptions(), services.GetConfiguration().GetTestResultDirectory(), EnvironmentVariables.OfThisProcess, Tests);
}
