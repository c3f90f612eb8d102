using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using WithAuthentication;

// Pages and settings lie beside the program, wherever it is started from.
WebApplicationBuilder builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Services.AddSingleton<Accounts>();
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
    .AddCookie(static cookie => cookie.Cookie.SameSite = SameSiteMode.Strict);
builder.Services.AddAuthorization();
builder.Services.AddRateLimiter(static limiter =>
{
    limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
    limiter.AddPolicy("sign-in", static context => RateLimitPartition.GetFixedWindowLimiter(
        context.Connection.RemoteIpAddress?.ToString() ?? "", static _ => new() { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) }));
});

// With hello required, the name that a client wants comes before Classroom together with the account.
builder.Services.AddSignaling(static options => options.WebSockets.RequireHello = true).AddAuthorizer<Classroom>();

WebApplication app = builder.Build();
app.UseRateLimiter();
app.UseDefaultFiles();
app.UseStaticFiles();

// JSON, which no form of another site can send.
app.MapPost("/sign-in", static async (SignIn signIn, Accounts accounts, HttpContext context) =>
{
    if (accounts.Find(signIn.Name, signIn.Password) is not { } user)
    {
        return Results.Unauthorized();
    }

    await context.SignInAsync(user);
    return Results.NoContent();
}).RequireRateLimiting("sign-in");
app.MapPost("/sign-out", static (HttpContext context) => context.SignOutAsync());
app.MapGet("/me", static (ClaimsPrincipal user) => new { user.Identity!.Name, Role = user.FindFirstValue(ClaimTypes.Role) })
    .RequireAuthorization();

// The cookie is for the ticket, and the ticket for the WebSocket.
app.MapSignalingTickets("/signaling/tickets").RequireAuthorization();
app.MapSignaling("/signaling", static endpoint => endpoint.RequireTicket = true);
app.Run();
