namespace WithAuthentication;

/// <summary>What the page sends to sign somebody in.</summary>
internal sealed record SignIn(string? Name, string? Password);
