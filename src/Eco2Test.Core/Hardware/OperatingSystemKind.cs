namespace Eco2Test.Hardware;

/// <summary>The operating systems that sensors and models are chosen by. A parameter, so that a test on one drives the choice of another.</summary>
internal enum OperatingSystemKind
{
    Linux,
    Windows,
    MacOs,
    Other,
}

/// <summary>Which of them this process runs on.</summary>
internal static class OperatingSystems
{
    public static OperatingSystemKind OfThisMachine =>
        OperatingSystem.IsLinux() ? OperatingSystemKind.Linux
        : OperatingSystem.IsWindows() ? OperatingSystemKind.Windows
        : OperatingSystem.IsMacOS() ? OperatingSystemKind.MacOs
        : OperatingSystemKind.Other;
}
