using Eco2Test.Hardware;

namespace Eco2Test.Carbon.Live;

/// <summary>The services by their names, with what the environment says of them.</summary>
/// <param name="environment">Where tokens, addresses and the folder for answers stand.</param>
/// <param name="time">The clock.</param>
/// <param name="cache">Where answers are kept.</param>
internal sealed class LiveSources(EnvironmentVariables environment, TimeProvider time, AnswerCache cache)
{
    /// <summary>What they are called.</summary>
    public static IReadOnlyList<string> Names { get; } = [ElectricityMapsSource.SourceName, UkCarbonIntensitySource.SourceName, WattTimeSource.SourceName];

    /// <summary>The source of that name; <see langword="null"/> when there is none.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="zone">The zone of the service, where it is not to be that of the place.</param>
    /// <exception cref="MissingCredentialException">The service needs an account, and the environment has none.</exception>
    /// <exception cref="FormatException">The address that is set for it is none.</exception>
    public IIntensitySource? Open(string name, string? zone) => name switch
    {
        ElectricityMapsSource.SourceName => ElectricityMaps(zone),
        WattTimeSource.SourceName => WattTime(zone),
        UkCarbonIntensitySource.SourceName => UkCarbonIntensity(zone),
        _ => null,
    };

    private ElectricityMapsSource ElectricityMaps(string? zone)
    {
        var token = Credential(ElectricityMapsSource.TokenVariable, ElectricityMapsSource.ServiceName);
        var client = Client(ElectricityMapsSource.ServiceName, ElectricityMapsSource.AddressVariable, ElectricityMapsSource.OwnAddress, new Secrets().Add(token));
        return new ElectricityMapsSource(client, cache, time, token, zone);
    }

    private WattTimeSource WattTime(string? zone)
    {
        var account = new WattTimeAccount(
            Credential(WattTimeSource.UsernameVariable, WattTimeSource.ServiceName), Credential(WattTimeSource.PasswordVariable, WattTimeSource.ServiceName));
        var client = Client(WattTimeSource.ServiceName, WattTimeSource.AddressVariable, WattTimeSource.OwnAddress, new Secrets().Add(account.Secrets));
        return new WattTimeSource(client, cache, time, account, zone);
    }

    private UkCarbonIntensitySource UkCarbonIntensity(string? zone)
    {
        var client = Client(UkCarbonIntensitySource.ServiceName, UkCarbonIntensitySource.AddressVariable, UkCarbonIntensitySource.OwnAddress, new Secrets());
        return new UkCarbonIntensitySource(client, cache, time, zone);
    }

    private ServiceClient Client(string service, string variable, string own, Secrets secrets) =>
        new(service, ServiceAddress.Read(environment, variable, own), secrets, time, Patience.Default);

    /// <summary>What a header can hold; a value that none can was pasted wrong, and is not quoted.</summary>
    private string Credential(string variable, string service) =>
        environment[variable] is not { } value ? throw new MissingCredentialException($"{service} needs an account; set the environment variable {variable}")
        : value.All(c => c is >= ' ' and <= '~') ? value
        : throw new MissingCredentialException($"{variable} has characters that no token has, such as line breaks or letters with accents; copy it again");
}

/// <summary>A service needs an account, and the environment has none that could be one.</summary>
internal sealed class MissingCredentialException(string message) : Exception(message);
