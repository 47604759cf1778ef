using Intranet.Data.Imports;
using Intranet.Web.Pages.Imports;

namespace Intranet.Web.Infrastructure;

public static class ImportRegistration
{
    public static void AddImports(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ImportFolder>();
        builder.Services.AddSingleton<ImportProgress>();
        builder.Services.AddSingleton<ImportPace>();
        builder.Services.AddScoped<PreviewImport>();
        builder.Services.AddScoped<ApplyImport>();
        builder.Services.AddScoped<ClaimImport>();
        builder.Services.AddScoped<ReceiveImport>();
        builder.Services.AddScoped<WorkOnImport>();
        builder.Services.AddScoped<ImportFile>();
        builder.Services.AddScoped<LoadSample>();
    }
}
