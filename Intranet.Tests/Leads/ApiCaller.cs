using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Intranet.Tests.Leads;

/// <summary>A program that calls the API in somebody's name, with a bearer token.</summary>
internal sealed class ApiCaller(RunningApp app, HttpClient client) : IDisposable
{
    public static async Task<ApiCaller> OfAsync(RunningApp app, Person person)
    {
        var client = app.Anonymous();
        if (person == Cast.Stranger)
            return new ApiCaller(app, client);
        using var answer = await client.PostAsJsonAsync("/api/auth/login", new { username = person.Email, password = Cast.Password }, TestContext.Current.CancellationToken);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("access_token").GetString());
        return new ApiCaller(app, client);
    }

    public Task<JsonElement> Get(string address, HttpStatusCode status = HttpStatusCode.OK) => Send("GET", address, null, status);

    public Task<JsonElement> Post(string address, object? body, HttpStatusCode status = HttpStatusCode.Created) => Send("POST", address, body, status);

    public Task<JsonElement> Put(string address, object? body, HttpStatusCode status = HttpStatusCode.OK) => Send("PUT", address, body, status);

    public Task<JsonElement> Delete(string address, HttpStatusCode status = HttpStatusCode.NoContent) => Send("DELETE", address, null, status);

    /// <summary>The answer's body; nothing where it has none.</summary>
    public async Task<JsonElement> Send(string method, string address, object? body, HttpStatusCode status)
    {
        using var answer = await Answer(method, address, body);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == answer.StatusCode, $"{method} {address} answered {answer.StatusCode}: {text}\n{app.Log.Errors}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    public async Task<HttpResponseMessage> Answer(string method, string address, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address) { Content = body is null ? null : body as HttpContent ?? JsonContent.Create(body) };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<JsonElement> Lead(string? name = null, string city = "Berlin", int? frequency = null, string? status = null)
        => await Post("/api/leads/", new { restaurant_name = name ?? Given.Unique("Restaurant"), city, call_frequency = frequency, status = status ?? "New" });

    public void Dispose() => client.Dispose();
}

internal static class JsonReading
{
    public static int Id(this JsonElement record) => record.GetProperty("id").GetInt32();

    public static string? Text(this JsonElement record, string name) => record.GetProperty(name) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : null;

    /// <summary>The message of a problem document at a field.</summary>
    public static string? Error(this JsonElement problem, string field) => problem.GetProperty("errors").TryGetProperty(field, out var messages) ? messages[0].GetString() : null;

    public static List<int> Ids(this JsonElement list, string name = "id") => [.. list.EnumerateArray().Select(one => one.GetProperty(name).GetInt32())];
}
