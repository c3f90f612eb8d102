namespace SignalingServer;

/// <summary>The address of the server when nobody names another.</summary>
internal static class DefaultUrl
{
    private static readonly string[] _settings = ["urls", "http_ports", "https_ports"];

    /// <summary>Listens on this address, unless <c>--urls</c>, <c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c> or <c>Kestrel:Endpoints</c> say where.</summary>
    public static void UseDefaultUrl(this WebApplicationBuilder builder, string url)
    {
        bool isNamed = _settings.Any(name => !string.IsNullOrEmpty(builder.Configuration[name]))
            || builder.Configuration.GetSection("Kestrel:Endpoints").Exists();
        if (!isNamed)
        {
            builder.WebHost.UseUrls(url);
        }
    }
}
