namespace WebRtcSignaling.Load;

/// <summary>Where this clone is, whose builds are measured.</summary>
internal static class RepositoryRoot
{
    public static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "WebRtcSignaling.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new LoadException("The load program runs inside a clone of the repository only.");
    }
}
