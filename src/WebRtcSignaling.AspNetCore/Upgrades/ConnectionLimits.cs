using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace WebRtcSignaling.AspNetCore.Upgrades;

/// <summary>The limits of a web server that make sense for requests and would end a connection that lasts.</summary>
internal static class ConnectionLimits
{
    /// <summary>Lifts them for this request, as far as the server has them.</summary>
    public static void Lift(HttpContext context)
    {
        IFeatureCollection features = context.Features;
        features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (features.Get<IHttpMinRequestBodyDataRateFeature>() is { } input)
        {
            input.MinDataRate = null;
        }

        if (features.Get<IHttpMinResponseDataRateFeature>() is { } output)
        {
            output.MinDataRate = null;
        }

        features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
