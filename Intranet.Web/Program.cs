using Intranet.Data;
using Intranet.Web.Infrastructure;
using Intranet.Web.Pages.Contacts;
using Intranet.Web.Pages.Leads;
using Intranet.Web.Pages.Reports;

var builder = WebApplication.CreateBuilder(args);
if (await Health.WasAskedAsync(args, builder.Configuration))
    return;
builder.AddSettings();
builder.AddHosting();
builder.AddProxy();
builder.Services.AddDatabase(builder.Configuration, builder.DataFolder());
builder.AddAccounts();
builder.AddAccess();
builder.AddRateLimits();
builder.AddTurns();
builder.AddJobs();
builder.AddMail();
builder.AddImports();
builder.AddContacts();
builder.AddLeads();
builder.AddReports();
builder.AddApi();
builder.AddPages();
builder.AddHealth();

var app = builder.Build();
// Meanwhile the rest gets ready: a start waits for the longer of the two.
var database = Task.Run(() => app.PrepareDatabaseAsync(args));
app.UseProxy(atAnyHost: Intranet.Web.Pages.Reports.UnsubscribeModel.Path);
app.UseRequestLog();
app.UseErrorPages();
app.UseApiProblems();
app.UseSecurityHeaders();
app.UseHttpsOnly();
app.UseTurns();
app.UseRouting();
app.UseUserCulture();
app.UseAuthentication();
app.UseFreshTokens();
app.UseFirstAdministrator();
app.UseActor();
app.UseAccess();
app.MapAssets();
app.MapRazorPages().WithAccess();
app.MapApi();
app.MapHealth();
if (await database)
    return;
await app.RunAsync();
