using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace WithAuthentication;

/// <summary>Who may sign in, with hashed passwords, from the settings: an app of your own asks its database.</summary>
internal sealed class Accounts(IConfiguration configuration)
{
    private readonly PasswordHasher<string> _hasher = new();
    private readonly string _nobody = new PasswordHasher<string>().HashPassword("", Guid.NewGuid().ToString());

    public ClaimsPrincipal? Find(string? name, string? password)
    {
        // A name that nobody has takes as long as a wrong password.
        var account = configuration.GetSection("Accounts").GetChildren().FirstOrDefault(account => account["Name"] == name);
        var verdict = _hasher.VerifyHashedPassword("", account?["PasswordHash"] ?? _nobody, password ?? "");
        return account is null || name is null || verdict == PasswordVerificationResult.Failed ? null : new(new ClaimsIdentity(
            [new(ClaimTypes.Name, name), new(ClaimTypes.Role, account["Role"] ?? "student")],
            CookieAuthenticationDefaults.AuthenticationScheme));
    }
}
