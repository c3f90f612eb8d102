using SignalingServer;

WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,

    // Pages and settings lie beside the program, wherever it is started from.
    ContentRootPath = AppContext.BaseDirectory,
});

// Nothing else runs in this process, and nothing that signaling calls here blocks: whoever adds an authorizer awaits in it.
builder.WebHost.UseInlineSockets();

// Most of what is long here is a session description, which fits into one block.
builder.WebHost.UseSignalingMemoryPool();
builder.UseDefaultUrl("http://localhost:5080");
builder.WebHost.ConfigureKestrel(static kestrel =>
{
    kestrel.AddServerHeader = false;

    // A signaling connection needs no request once it is open.
    kestrel.ConfigureEndpointDefaults(static listen => listen.UseSignalingConnections());

    // Clients of the message box send session descriptions in the query, where a byte may take three.
    kestrel.Limits.MaxRequestLineSize = 256 * 1024;
});

builder.Services.AddSignaling().AddCompatibility();
builder.Services.AddHealthChecks().AddSignalingCheck();
if (builder.Configuration.GetValue("CollectWhenIdle", defaultValue: true))
{
    // What thousands of handshakes have left behind goes back to the system once nothing happens.
    builder.Services.AddIdleCollector();
}

WebApplication app = builder.Build();
app.UseSecurityHeaders();
app.UseDefaultFiles();
app.UseStaticFiles(new StaticFileOptions
{
    // Browsers ask each time whether a file has changed, so that a new server never meets an old page.
    OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl = "no-cache",
});
app.MapSignaling("/signaling");
app.MapSocketIO("/socket.io");
app.MapPeerJs("/");
app.MapMessageBox("/box");
app.MapMessageBox("/box.php");
app.MapHealthChecks("/health");
app.Run();
