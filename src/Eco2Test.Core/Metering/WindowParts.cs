using Eco2Test.Carbon;
using Eco2Test.Reports;

namespace Eco2Test.Metering;

/// <summary>Cuts a window that has closed into parts: rows inside it, and inside one another, that together are no more than it.</summary>
/// <param name="window">The window's own row.</param>
/// <param name="price">Its price, which is theirs.</param>
/// <param name="nextSeq">Gives each row its number.</param>
internal delegate IReadOnlyList<ReportWindow> WindowParts(ReportWindow window, Price price, Func<int> nextSeq);
