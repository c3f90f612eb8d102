using System.Security.Claims;

namespace WebRtcSignaling.Ice;

/// <summary>The client that ICE servers are for.</summary>
/// <param name="Application">The application of the client's session.</param>
/// <param name="ClientId">The id of the client's session, unique within its application.</param>
/// <param name="User">The account behind it; <see langword="null"/> if it is anonymous.</param>
public sealed record IceServerRequest(string Application, string ClientId, ClaimsPrincipal? User);
