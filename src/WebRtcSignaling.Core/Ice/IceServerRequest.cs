using System.Security.Claims;

namespace WebRtcSignaling.Ice;

/// <summary>For whom ICE servers are wanted.</summary>
/// <param name="Application">The application of the client's session.</param>
/// <param name="ClientId">The id of the client's session, unique within its application.</param>
/// <param name="User">The user as the host app knows it; <see langword="null"/> if nobody said who it is.</param>
public sealed record IceServerRequest(string Application, string ClientId, ClaimsPrincipal? User);
