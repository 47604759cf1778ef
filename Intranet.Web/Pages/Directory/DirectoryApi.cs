using System.ComponentModel;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Intranet.Data;
using Intranet.Data.Directory;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Web.Pages.Directory;

/// <summary>The directory for programs: FindPOC, its report, and search.</summary>
internal static class DirectoryApi
{
    internal static void Map(RouteGroupBuilder api)
    {
        var directory = api.MapGroup("").WithTags("Directory");
        directory.MapGet("/poc", FindPocAsync)
            .Produces<PocAnswer>().ProducesProblem(StatusCodes.Status404NotFound).WithPaging(Paging.MaxSize).WithFiles(CsvFile.ContentType, Workbook.ContentType)
            .WithName("findPoc").WithSummary("Find the point of contact")
            .WithDescription("Names compare without case; with both names: the same assignment row. format is json (paged, 1,000 by default), csv or xlsx (everybody). An unknown name answers 404 with suggestions.");
        directory.MapPost("/poc/reports", SendReportAsync)
            .Produces<ReportAnswer>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("sendPocReport").WithSummary("Mail the points of contact as a workbook")
            .WithDescription("Answers with the steps and the report's id. Without to, the stakeholders receive it.");
        directory.MapGet("/poc/reports/{id:guid}", ReportAsync)
            .Produces<ReportAnswer>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("getPocReport").WithSummary("See how far a report has come")
            .WithDescription("One's own; administrators see all.");
        directory.MapGet("/directory", SearchAsync)
            .Produces<SearchAnswer>().WithPaging()
            .WithName("searchDirectory").WithSummary("Find products, repositories and people")
            .WithDescription("By the beginnings of words and in spite of typing errors; people are paged.");
    }

    private static async Task<IResult> FindPocAsync(
        HttpContext context, IntranetDbContext db, TimeProvider clock,
        [FromQuery(Name = "product_name"), Description("Name of a product; this, a repository, or both.")] string? productName,
        [FromQuery(Name = "repository_name"), Description("Name of a repository.")] string? repositoryName,
        [FromQuery(Name = "productName"), Description("The same as product_name.")] string? productName2,
        [FromQuery(Name = "repositoryName"), Description("The same as repository_name.")] string? repositoryName2,
        [Description("json (default), csv or xlsx.")] string? format, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(context.Request, errors, Paging.MaxSize);
        if (format is not (null or "" or "json" or "csv" or "xlsx"))
            errors["format"] = ["Use json, csv or xlsx."];
        var asked = await AskAsync(db, clock, Given(productName, productName2), Given(repositoryName, repositoryName2), errors, cancellation);
        if (asked.Problem is not null)
            return asked.Problem;

        var now = clock.GetUtcNow().UtcDateTime;
        var question = asked.Question!;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var rows = await db.FindPocAsync(question.Product?.Name, question.Repository?.Name, DateOnly.FromDateTime(now), cancellation);
        if (format is "csv" or "xlsx")
            await db.NoteExportAsync(question.Title, format, rows.Count, cancellation);
        if (format == "csv")
            return new StreamedFile(CsvFile.ContentType, DirectoryColumns.FileName(question.Title, "csv"),
                stream => CsvFile.WriteAsync(stream, DirectoryColumns.FindPoc, rows.ToAsyncEnumerable(), cancellation));
        if (format == "xlsx")
            return new StreamedFile(Workbook.ContentType, DirectoryColumns.FileName(question.Title, "xlsx"),
                stream => Workbook.WriteAsync(stream, FormattableString.Invariant($"{question.Title}, asked on {now:yyyy-MM-dd HH:mm} UTC by {context.User.Identity!.Name}"),
                    question.Title, DirectoryColumns.FindPoc, rows.ToAsyncEnumerable(), cancellation));

        paging.Tell(context, rows.Count);
        var answer = await db.WhomToAskAsync(question.Product?.Id, question.Repository?.Id, now, cancellation);
        return TypedResults.Ok(new PocAnswer(
            question.Product?.Name, question.Repository?.Name,
            [.. rows.Skip(paging.Skip).Take(paging.Size)],
            answer is null ? null : new WhomDto(answer.Person.Name, answer.Person.EmailId, answer.Person.ChatUserName, answer.Why, answer.From),
            [new PocReportView.Step(SendPocReport.Query, "done", $"{rows.Count} found", (int)watch.ElapsedMilliseconds)]));
    }

    private static async Task<IResult> SendReportAsync(
        ReportRequest body, HttpContext context, IntranetDbContext db, TimeProvider clock, SendPocReport send, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var to = Addresses(body.To, "to", errors);
        var cc = Addresses(body.Cc, "cc", errors);
        if (body.Message?.Length > 4000)
            errors["message"] = ["At most 4,000 characters."];
        var asked = await AskAsync(db, clock, Given(body.ProductName, body.ProductName2), Given(body.RepositoryName, body.RepositoryName2), errors, cancellation);
        if (asked.Problem is not null)
            return asked.Problem;
        if (to.Count == 0)
            to = asked.Question!.Stakeholders;
        if (to.Count == 0)
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["to"] = ["No stakeholders are named: say who gets it."] });

        var userId = context.User.Id()!.Value;
        var email = await db.Users.Where(user => user.Id == userId).Select(user => user.Email).FirstAsync(cancellation);
        var report = await send.RunAsync(Guid.NewGuid(), asked.Question!, to, cc, body.Message, userId, context.User.Identity!.Name!, email, cancellation);
        var view = await PocReportView.LoadAsync(db, report.Id, context.User, cancellation);
        if (view!.HasFailed)
            return TypedResults.Problem($"The {view.Steps.First(step => step.State == "failed").Name} failed.", statusCode: StatusCodes.Status500InternalServerError,
                extensions: new Dictionary<string, object?> { ["id"] = report.Id, ["steps"] = view.Steps });
        return TypedResults.Created($"{context.Request.PathBase}/api/poc/reports/{report.Id}", ReportAnswer.Of(view));
    }

    private static async Task<IResult> ReportAsync([Description("As the answer of POST /api/poc/reports told.")] Guid id, IntranetDbContext db, ClaimsPrincipal user, CancellationToken cancellation)
        => await PocReportView.LoadAsync(db, id, user, cancellation) is { } view
            ? TypedResults.Ok(ReportAnswer.Of(view))
            : TypedResults.Problem("There is no such report of yours.", statusCode: StatusCodes.Status404NotFound);

    private static async Task<IResult> SearchAsync(HttpContext context, [Description("Words, or the beginnings of them; at most 200 characters.")] string? q, IntranetDbContext db, TimeProvider clock, CancellationToken cancellation)
    {
        var errors = new Dictionary<string, string[]>();
        var paging = Paging.Read(context.Request, errors);
        if (q?.Length > 200)
            errors["q"] = ["Search for at most 200 characters."];
        if (errors.Count > 0)
            return TypedResults.ValidationProblem(errors);
        var result = await DirectoryResult.FindAsync(db, new DirectoryQuery { Q = q }, clock.GetUtcNow().UtcDateTime, whole: true, cancellation);
        var (people, total) = await result.PageAsync(paging.Number, paging.Size, cancellation);
        paging.Tell(context, total);
        var hits = result.Hits;
        // A search box's exact name asks for that product or repository; here it is a hit like any other.
        return TypedResults.Ok(new SearchAnswer(
            q,
            hits?.Corrected,
            result.Question?.Product is { } product ? [product.Name] : [.. hits?.Products.Select(hit => hit.Name) ?? []],
            result.Question?.Repository is { } repository ? [repository.Name] : [.. hits?.Repositories.Select(hit => hit.Name) ?? []],
            [.. people.Select(row => new PersonDto(row.EmpId, row.FirstName, row.LastName, row.Title, row.EmailId, row.ChatUserName, row.Region, row.City))]));
    }

    /// <summary>The named product or repository, or the problem document: 400 for none or too long a name, 404 with suggestions for an unknown one.</summary>
    private static async Task<(PocQuestion? Question, IResult? Problem)> AskAsync(
        IntranetDbContext db, TimeProvider clock, string? product, string? repository, Dictionary<string, string[]> errors, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(product) && string.IsNullOrWhiteSpace(repository))
            errors["product_name"] = ["Name a product (product_name), a repository (repository_name), or both."];
        if (product?.Length > 100)
            errors["product_name"] = ["A product's name has at most 100 characters."];
        if (repository?.Length > 100)
            errors["repository_name"] = ["A repository's name has at most 100 characters."];
        if (errors.Count > 0)
            return (null, TypedResults.ValidationProblem(errors));

        var question = await PocQuestion.AskAsync(db, product, repository, cancellation);
        var unknown = !string.IsNullOrWhiteSpace(product) && question.Product is null ? ("product", product)
            : !string.IsNullOrWhiteSpace(repository) && question.Repository is null ? ("repository", repository)
            : default((string, string)?);
        if (unknown is not var (kind, name))
            return (question, null);
        var hits = await db.SearchDirectoryAsync(name, 5, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellation);
        var suggestions = (kind == "product" ? hits.Products : hits.Repositories).Select(hit => hit.Name).ToArray();
        return (null, TypedResults.Problem($"There is no {kind} of that name.{(suggestions.Length > 0 ? $" Did you mean {suggestions[0]}?" : "")}", statusCode: StatusCodes.Status404NotFound,
            extensions: new Dictionary<string, object?> { ["suggestions"] = suggestions }));
    }

    // A name sent empty is a name not given; the other spelling may hold it.
    private static string? Given(string? name, string? otherwise) => string.IsNullOrWhiteSpace(name) ? otherwise : name;

    private static List<string> Addresses(List<string?>? addresses, string field, Dictionary<string, string[]> errors)
    {
        // A null among them is as empty as an empty text.
        var given = (addresses ?? []).Select(address => address?.Trim() ?? "").Where(address => address.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (given.Count > 20)
            errors[field] = ["At most 20 addresses."];
        else if (given.Find(address => !EmailAddress.IsPlausible(address)) is { } bad)
            errors[field] = [AddressList.NoAddress(bad)];
        return given;
    }

    private sealed record PocAnswer(string? Product, string? Repository, IReadOnlyList<PocRow> Contacts, WhomDto? AskNow, IReadOnlyList<PocReportView.Step> Steps);

    private sealed record WhomDto(string Name, string EmailId, string ChatUserName, string Why, DateTime? From);

    private sealed record SearchAnswer(string? Query, string? DidYouMean, IReadOnlyList<string> Products, IReadOnlyList<string> Repositories, IReadOnlyList<PersonDto> People);

    private sealed record PersonDto(string EmpId, string FirstName, string LastName, string? Title, string EmailId, string ChatUserName, string Region, string City);

    private sealed record ReportAnswer(Guid Id, string? Product, string? Repository, IReadOnlyList<string> To, IReadOnlyList<string> Cc, DateTime CreatedAt, IReadOnlyList<PocReportView.Step> Steps)
    {
        internal static ReportAnswer Of(PocReportView view) => new(view.Id, view.Product, view.Repository, view.To, view.Cc, view.CreatedAt, view.Steps);
    }

    /// <summary>The seed's names, and ours beside them.</summary>
    private sealed record ReportRequest(
        [property: JsonPropertyName("product_name"), Description("Name of a product; this, a repository, or both.")] string? ProductName = null,
        [property: JsonPropertyName("repository_name"), Description("Name of a repository.")] string? RepositoryName = null,
        [property: JsonPropertyName("productName"), Description("The same as product_name.")] string? ProductName2 = null,
        [property: JsonPropertyName("repositoryName"), Description("The same as repository_name.")] string? RepositoryName2 = null,
        [property: Description("Addresses, at most 20; without any, the stakeholders.")] List<string?>? To = null,
        [property: Description("Addresses, at most 20.")] List<string?>? Cc = null,
        [property: Description("Words above the list, at most 4,000 characters.")] string? Message = null);
}
