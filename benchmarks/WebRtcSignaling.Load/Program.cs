using WebRtcSignaling.Load;
using WebRtcSignaling.Load.Command;
using WebRtcSignaling.Load.Machine;
using WebRtcSignaling.Load.Measuring;
using WebRtcSignaling.Load.Reporting;
using WebRtcSignaling.Load.Soak;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(ArgumentReader.Usage);
    Console.WriteLine();
    Console.WriteLine(SoakArguments.Usage);
    return 0;
}

try
{
    if (args is ["soak", ..])
    {
        return await new SoakRun(SoakArguments.Parse(args), RepositoryRoot.Find(), Cores.Take(), Console.Out).RunAsync() ? 0 : 1;
    }

    LoadArguments arguments = ArgumentReader.Parse(args);
    Cores cores = Cores.Take();
    if (cores.AreShared)
    {
        Console.Error.WriteLine("There is one core only: rates and latencies mean little, CPU times and memory still count.");
    }

    Results results = new Comparison(arguments, RepositoryRoot.Find(), cores, Console.Error).Run();
    IReadOnlyList<Section> sections = Sections.For(arguments);
    string report = MarkdownReport.Write(sections, arguments.Targets, results);
    Console.WriteLine(report);
    if (arguments.Output is { } folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "comparison.md"), report);
        File.WriteAllText(Path.Combine(folder, "comparison.svg"), BarChart.Draw(sections, arguments.Targets, results));
        Console.Error.WriteLine($"Table and chart: {folder}/comparison.md, {folder}/comparison.svg");
    }

    return 0;
}
catch (LoadException problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
