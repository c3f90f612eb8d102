using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace WebRtcSignaling.Compatibility.Configuration;

/// <summary>Adds settings that come from the app's configuration, then from its code, and are validated at start.</summary>
internal static class SettingsServices
{
    /// <summary>Adds settings; a second time only what the app's code says counts.</summary>
    /// <param name="services">The app's services.</param>
    /// <param name="name">The section's name below <c>Signaling</c>.</param>
    /// <param name="bind">Sets what the section says.</param>
    /// <param name="validate">What is wrong with the settings, given the path to put before a setting's name.</param>
    /// <param name="configure">Changes settings; <see langword="null"/> for those of the configuration.</param>
    public static void AddSettings<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IServiceCollection services,
        string name,
        Action<IConfigurationSection, TOptions> bind,
        Func<TOptions, string, IEnumerable<string>> validate,
        Action<TOptions>? configure = null)
        where TOptions : class
    {
        services.AddOptions<TOptions>().ValidateOnStart();
        services.TryAddSingleton(app => new SettingsSection<TOptions>(name, bind, validate, app.GetService<IConfiguration>()));
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IConfigureOptions<TOptions>, SettingsSection<TOptions>>(Resolve<TOptions>));
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<TOptions>, SettingsSection<TOptions>>(Resolve<TOptions>));
        if (configure is not null)
        {
            services.Configure(configure);
        }
    }

    private static SettingsSection<TOptions> Resolve<TOptions>(IServiceProvider app)
        where TOptions : class => app.GetRequiredService<SettingsSection<TOptions>>();
}
