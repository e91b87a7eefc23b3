using Eco2Test.Hardware;

namespace Eco2Test.Carbon.Live;

/// <summary>Where a service is: at its own address, or where an environment variable says (a proxy, a test).</summary>
internal static class ServiceAddress
{
    /// <summary>The address, ending with a slash.</summary>
    /// <exception cref="FormatException">The variable has no address that credentials may be sent to; the message says what would be right.</exception>
    public static Uri Read(EnvironmentVariables environment, string variable, string own)
    {
        if (environment[variable] is not { } text)
        {
            return new Uri(own);
        }

        if (!Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var address) || !IsSafe(address))
        {
            // The value is not quoted: it may hold a password.
            throw new FormatException($"{variable} is no address of a service; set it to one like '{own}' ('http://' is taken for this machine only, and no user, query or fragment)");
        }

        return address;
    }

    private static bool IsSafe(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address is { UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 };
}
