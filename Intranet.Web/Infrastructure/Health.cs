using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Intranet.Data;
using Intranet.Data.Mail;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Quartz;

namespace Intranet.Web.Infrastructure;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work; 503 otherwise. Both say so in
/// JSON, one line per check, without personal data, to anyone.
/// </summary>
public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Read by people: umlauts and quotes stay what they are.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void AddHealth(this WebApplicationBuilder builder)
        => builder.Services.AddHealthChecks()
            .AddCheck<DatabaseCheck>("database", timeout: Patience)
            .AddCheck<JobsCheck>("jobs", timeout: Patience)
            .AddCheck<MailCheck>("mail", timeout: Patience);

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync }).WithAccess();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).WithAccess();
    }

    /// <summary>
    /// With <c>--health</c> the process only asks the app that runs on this machine whether it is alive, and ends with 0
    /// or 1: the health check of a container whose image has no other program to ask with.
    /// </summary>
    /// <returns>True when that was all that was wanted.</returns>
    public static async Task<bool> WasAskedAsync(string[] args, IConfiguration configuration)
    {
        if (!args.Contains("--health"))
            return false;
        var port = configuration["HTTP_PORTS"]?.Split(';')[0] is { Length: > 0 } named ? named
            : Uri.TryCreate(configuration["URLS"]?.Split(';')[0].Replace("*", "localhost", StringComparison.Ordinal).Replace("+", "localhost", StringComparison.Ordinal), UriKind.Absolute, out var url)
                ? url.Port.ToString(CultureInfo.InvariantCulture) : "8080";
        using var client = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{port}{configuration["PathBase"]}/health/live"));
            Environment.ExitCode = answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            Environment.ExitCode = 1;
        }

        return true;
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        var ok = report.Status == HealthStatus.Healthy;
        return context.Response.WriteAsync(JsonSerializer.Serialize(
            new
            {
                status = ok ? "ok" : "not ready",
                checks = report.Entries.ToDictionary(entry => entry.Key, entry => $"{(entry.Value.Status == HealthStatus.Healthy ? "ok" : "failed")}: {entry.Value.Description}"),
            },
            Readable));
    }

    private sealed class DatabaseCheck(IntranetDbContext db) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                await db.Settings.AnyAsync(cancellationToken);
                return HealthCheckResult.Healthy("it answers");
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                // The failure itself goes to the log; it may name servers and files.
                return HealthCheckResult.Unhealthy("it doesn't answer; the log says why", failure);
            }
        }
    }

    private sealed class JobsCheck([FromKeyedServices(Jobs.Scheduler)] ISchedulerFactory schedulers, IConfiguration configuration) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (!configuration.Switch("Jobs:Enabled", byDefault: true))
                return HealthCheckResult.Healthy("switched off in this process by Jobs:Enabled");
            var scheduler = await schedulers.GetScheduler(cancellationToken);
            return scheduler.Status == SchedulerStatus.Running
                ? HealthCheckResult.Healthy("the scheduler runs")
                : HealthCheckResult.Unhealthy("the scheduler doesn't run; restart the process");
        }
    }

    /// <summary>
    /// Mail that is due for an hour means that nobody sends. A mail server that is away doesn't: each failed attempt
    /// makes the mail due later, and taking the pages away would help nobody.
    /// </summary>
    private sealed class MailCheck(IntranetDbContext db, TimeProvider clock) : IHealthCheck
    {
        private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            try
            {
                var waiting = db.OutboxMessages.Where(message => (message.State == OutboxState.Waiting || message.State == OutboxState.Sending) && message.DueAt <= now);
                var oldest = await waiting.OrderBy(message => message.DueAt).Select(message => (DateTime?)message.DueAt).FirstOrDefaultAsync(cancellationToken);
                if (oldest is not { } since)
                    return HealthCheckResult.Healthy("nothing is due");
                var text = string.Create(CultureInfo.InvariantCulture, $"the oldest mail is due for {(now - since).TotalMinutes:0} minutes");
                return now - since > Longest ? HealthCheckResult.Unhealthy($"{text}; see /admin/jobs whether the job that sends runs") : HealthCheckResult.Healthy(text);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy("the database doesn't answer", failure);
            }
        }
    }
}
