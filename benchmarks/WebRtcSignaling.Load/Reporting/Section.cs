using WebRtcSignaling.Load.Measuring;

namespace WebRtcSignaling.Load.Reporting;

/// <summary>Figures that are shown together.</summary>
/// <param name="Title">Of the table, and of the chart's panel.</param>
/// <param name="Figures">Its columns. The servers are in the order of the first, which is also what the chart shows.</param>
/// <param name="HasRatio">Whether it is said how the first one of each server compares with the native one's.</param>
/// <param name="IsCharted">Whether the chart has a panel for it.</param>
internal sealed record Section(string Title, IReadOnlyList<Figure> Figures, bool HasRatio = false, bool IsCharted = false);
