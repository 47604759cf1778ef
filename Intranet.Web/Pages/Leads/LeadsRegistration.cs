using Intranet.Data.Leads;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Leads.Board;

namespace Intranet.Web.Pages.Leads;

public static class LeadsRegistration
{
    public static void AddLeads(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<CreateLead>();
        builder.Services.AddScoped<SaveLead>();
        builder.Services.AddScoped<TakeBackSave>();
        builder.Services.AddScoped<SaveRow>();
        builder.Services.AddScoped<ReadBoard>();
        builder.Services.AddScoped<TakeBackMove>();
        builder.Services.AddScoped<ChangeLead>();
        builder.Services.AddScoped<SetCallPlan>();
        builder.Services.AddScoped<MoveStage>();
        builder.Services.AddScoped<MoveLeads>();
        builder.Services.AddScoped<TakeBackMoves>();
        builder.Services.AddScoped<ReassignLeads>();
        builder.Services.AddScoped<TakeBackReassignment>();
        builder.Services.AddScoped<DeleteLead>();
        builder.Services.AddScoped<LogInteraction>();
        builder.Services.AddScoped<EditInteraction>();
        builder.Services.AddScoped<CorrectInteraction>();
        builder.Services.AddScoped<AddPoc>();
        builder.Services.AddScoped<ChangePoc>();
        builder.Services.AddScoped<RemovePoc>();
        builder.Services.AddScoped<SetManualLabel>();
        builder.Services.AddScoped<RecomputePerformance>();
        builder.Services.AddScoped<PreviewLabels>();
        builder.Services.AddSingleton<FigureCache>();
    }
}
