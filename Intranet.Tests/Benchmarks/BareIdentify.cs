using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Intranet.Tests.Benchmarks;

/// <summary>The reference: one endpoint without EF, accounts or audit, that looks up both values and inserts what is new.</summary>
internal sealed class BareIdentify(WebApplication app) : IAsyncDisposable
{
    internal Uri Address => new(app.Urls.First());

    internal static async Task<BareIdentify> StartAsync(string file)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var connection = $"Data Source={file}";
        var writer = new SemaphoreSlim(1);
        app.MapPost("/api/identify", async (JsonElement body) =>
        {
            var (email, phone) = (body.GetProperty("email").GetString()!, body.GetProperty("phoneNumber").GetString()!);
            await using var db = new SqliteConnection(connection);
            await db.OpenAsync();
            Execute(db, "PRAGMA synchronous = NORMAL");
            var (known, all) = Find(db, email, phone);
            if (!all)
            {
                await writer.WaitAsync();
                try
                {
                    await using var transaction = db.BeginTransaction();
                    (known, all) = Find(db, email, phone);
                    if (!all)
                        known = Insert(db, email, phone, known);
                    await transaction.CommitAsync();
                }
                finally
                {
                    writer.Release();
                }
            }

            return Results.Json(new { contact = new { primaryContatctId = known, emails = new[] { email }, phoneNumbers = new[] { phone }, secondaryContactIds = Array.Empty<int>() } });
        });
        await app.StartAsync();
        return new BareIdentify(app);
    }

    private static (int? Primary, bool HasBoth) Find(SqliteConnection db, string email, string phone)
    {
        var byEmail = Ask(db, "SELECT COALESCE(LinkedId, Id) FROM Contacts WHERE EmailKey = $value AND DeletedAt IS NULL LIMIT 1", email);
        var byPhone = Ask(db, "SELECT COALESCE(LinkedId, Id) FROM Contacts WHERE PhoneKey = $value AND DeletedAt IS NULL LIMIT 1", phone);
        return (byEmail ?? byPhone, byEmail is not null && byPhone is not null);
    }

    private static int? Ask(SqliteConnection db, string sql, string value)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$value", value);
        return command.ExecuteScalar() is long id ? (int)id : null;
    }

    private static void Execute(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static int Insert(SqliteConnection db, string email, string phone, int? primary)
    {
        using var command = db.CreateCommand();
        command.CommandText = """
            INSERT INTO Contacts (Version, Source, Email, EmailKey, Phone, PhoneKey, LinkedId, CreatedAt, UpdatedAt)
            VALUES ($version, 'identify', $email, $email, $phone, $phone, $primary, $now, $now) RETURNING Id
            """;
        command.Parameters.AddWithValue("$version", Guid.NewGuid());
        command.Parameters.AddWithValue("$email", email);
        command.Parameters.AddWithValue("$phone", phone);
        command.Parameters.AddWithValue("$primary", (object?)primary ?? DBNull.Value);
        command.Parameters.AddWithValue("$now", DateTime.UtcNow);
        var added = (int)(long)command.ExecuteScalar()!;
        return primary ?? added;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        SqliteConnection.ClearAllPools();
    }
}
