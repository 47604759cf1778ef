using System.Net;
using System.Text.RegularExpressions;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Intranet.Tests.Infrastructure;

public sealed class AccessTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public void Every_endpoint_has_exactly_the_policy_of_its_row()
    {
        var wrong = Endpoints().Select(endpoint => !Access.Table.TryGetValue(endpoint.Key, out var policy)
                ? $"{endpoint.Key} has no row."
                : policy != endpoint.Policy ? $"{endpoint.Key} has '{endpoint.Policy}', its row says '{policy}'." : null)
            .OfType<string>().Distinct();

        Check.None(wrong);
    }

    [Fact]
    public void No_row_is_left_over()
    {
        var used = Endpoints().Select(endpoint => endpoint.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);

        Check.None(Access.Table.Keys.Except(used, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_or_told_401_everywhere_else_than_where_anyone_may_go()
    {
        using var client = app.Anonymous();
        var wrong = new List<string>();
        foreach (var endpoint in Endpoints().Where(endpoint => endpoint.Policy != Access.Anyone))
        {
            foreach (var method in endpoint.Methods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), endpoint.Example);
                using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
                var closed = endpoint.Example.StartsWith("/api/", StringComparison.OrdinalIgnoreCase) || endpoint.Example.StartsWith("/openapi/", StringComparison.Ordinal)
                    ? answer.StatusCode == HttpStatusCode.Unauthorized
                    : answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.ToString().Contains("/account/sign-in", StringComparison.OrdinalIgnoreCase);
                if (!closed)
                    wrong.Add($"{method} {endpoint.Example} answered {(int)answer.StatusCode} {answer.Headers.Location}");
            }
        }

        Check.None(wrong);
    }

    [Fact]
    public async Task Who_lacks_the_role_is_told_403()
    {
        var wrong = new List<string>();
        foreach (var endpoint in Endpoints().Where(endpoint => endpoint.Policy is Access.Steward or Access.Administrator or Access.SalesLead or Access.Kam or Access.Leads or Access.Imports))
        {
            // Somebody with another role than the one asked for; administrators may do what stewards may.
            using var client = await app.SignedInAs(endpoint.Policy switch { Access.Kam => Cast.SalesLead, Access.Leads => Cast.Steward, _ => Cast.Kam });
            foreach (var method in endpoint.Methods)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), endpoint.Example);
                using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
                if (answer.StatusCode != HttpStatusCode.Forbidden)
                    wrong.Add($"{method} {endpoint.Example} answered {(int)answer.StatusCode}");
            }
        }

        Check.None(wrong);
    }

    private List<Endpoint> Endpoints()
        => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => new Endpoint(endpoint))];

    private sealed class Endpoint(RouteEndpoint endpoint)
    {
        // The index page of a folder answers with and without its name.
        private readonly string pattern = "/" + Regex.Replace(endpoint.RoutePattern.RawText!, "(^|/)Index$", "").Trim('/');

        private IReadOnlyList<string>? HttpMethods => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods;

        public string Key => HttpMethods is [var method] ? $"{method} {pattern}" : pattern;

        public IReadOnlyList<string> Methods => HttpMethods is { Count: > 0 } methods ? methods : ["GET"];

        /// <summary>What authorization itself would apply; one policy, nothing else.</summary>
        public string Policy
            => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? Access.Anyone
                : string.Join(" and ", endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy + data.Roles));

        /// <summary>An address that the pattern matches.</summary>
        public string Example
            => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
            {
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { ParameterPolicies: var policies }
                    => policies.Any(policy => policy.Content == "guid") ? "11111111-2222-3333-4444-555555555555" : "1",
                _ => "",
            }))));
    }
}
