using System.Text.Json.Nodes;

namespace WebRtcSignaling.Compatibility.Tests.EngineIO.Clients;

/// <summary>Reads the refusals of requests.</summary>
internal static class Refusal
{
    /// <summary>Its status and code, such as <c>400 1</c>; or its status and what is not as it should be.</summary>
    public static async Task<string> ReadAsync(HttpResponseMessage response)
    {
        string body = await response.Content.ReadAsStringAsync();
        if (response.Content.Headers.ContentType?.ToString() != "application/json")
        {
            return $"{(int)response.StatusCode} {response.Content.Headers.ContentType} {body}";
        }

        JsonObject json = JsonNode.Parse(body)!.AsObject();
        return json.Count == 2 && json["message"] is JsonValue message && ((string)message!).Length > 0
            ? $"{(int)response.StatusCode} {(int)json["code"]!}"
            : $"{(int)response.StatusCode} {body}";
    }
}
