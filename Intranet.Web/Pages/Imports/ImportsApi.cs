using System.ComponentModel;
using Intranet.Data;
using Intranet.Data.Auditing;
using Intranet.Data.Imports;
using Intranet.Web.Infrastructure;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Intranet.Web.Pages.Imports;

/// <summary>Imports for programs: the same steps as on the page.</summary>
internal static class ImportsApi
{
    // A form of two short fields and a file.
    private const int LongestField = 200;

    internal static void Map(RouteGroupBuilder api)
    {
        var imports = api.MapGroup("").WithTags("Imports");
        imports.MapPost("/imports", ReceiveAsync).Accepts<ImportForm>("multipart/form-data").Produces<ImportAnswer>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .WithName("importFile").WithSummary("Bring in a file")
            .WithDescription("CSV or xlsx as multipart form: kind (employees, contacts …; for sales leads leads, pocs and interactions), file, and apply=true to write its rows without a look at the preview. Answers at once with the import's address; its state says how far it is.");
        imports.MapGet("/imports/{id:int}", StateAsync).Produces<ImportAnswer>().ProducesProblem(StatusCodes.Status404NotFound)
            .WithName("getImport").WithSummary("See how far an import is").WithDescription("With counts of rows once they are read. writtenRows is how many new and changed rows are in; of an import in state stopped the others are not.");
    }

    private static async Task<IResult> ReceiveAsync(HttpContext context, IntranetDbContext db, ReceiveImport receive, ImportProgress progress, JobSignal jobs, CancellationToken cancellation)
    {
        if (context.Request.ContentLength > Hosting.LargestUpload)
            return TypedResults.Problem("The body is too large.", statusCode: StatusCodes.Status413PayloadTooLarge);
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 100 } boundary)
            return TypedResults.Problem("Send multipart/form-data with kind and file.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Hosting.LargestUpload;

        context.Features.Set<IFormFeature>(new FormFeature(context.Request, new FormOptions { MultipartBodyLengthLimit = Hosting.LargestUpload, ValueLengthLimit = LongestField }));
        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(cancellation);
        }
        catch (BadHttpRequestException failure) when (failure.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return TypedResults.Problem("The body is too large.", statusCode: StatusCodes.Status413PayloadTooLarge);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            return TypedResults.Problem("The form can't be read. Send multipart/form-data with kind and file.", statusCode: StatusCodes.Status400BadRequest);
        }

        var errors = new Dictionary<string, string[]>();
        var kind = context.User.FindImportKind(form["kind"]);
        if (kind is null)
            errors["kind"] = [$"Use one of {string.Join(", ", context.User.ImportKinds().Select(known => known.Name))}."];
        if (form.Files.GetFile("file") is not { } file)
            errors["file"] = ["Send the file under the name file."];
        else
            return await TakeAsync(file);
        return TypedResults.ValidationProblem(errors);

        async Task<IResult> TakeAsync(IFormFile sent)
        {
            var apply = form["apply"].ToString();
            if (apply is not ("" or "true" or "false"))
                errors["apply"] = ["Use true or false."];
            if (errors.Count > 0)
                return TypedResults.ValidationProblem(errors);
            Import import;
            try
            {
                await using var content = sent.OpenReadStream();
                import = await receive.RunAsync(kind!, sent.FileName, content, Actor.Current.Name, cancellation: cancellation);
            }
            catch (UnreadableFileException refusal)
            {
                errors["file"] = [refusal.Message];
                return TypedResults.ValidationProblem(errors);
            }

            if (apply == "true" && import.ConfirmUnseen(Actor.Current.Name))
                await db.SaveChangesAsync(cancellation);
            await jobs.WakeAsync<ImportJob>(CancellationToken.None);
            var answer = Answer(import, progress, context);
            return TypedResults.Accepted(answer.Url, answer);
        }
    }

    private static async Task<IResult> StateAsync([Description("Of the import.")] int id, HttpContext context, IntranetDbContext db, ImportProgress progress, CancellationToken cancellation)
        => await db.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellation) is { } import && context.User.FindImportKind(import.Kind) is not null
            ? TypedResults.Json(Answer(import, progress, context))
            : TypedResults.Problem("There is no such import.", statusCode: StatusCodes.Status404NotFound);

    private static ImportAnswer Answer(Import import, ImportProgress progress, HttpContext context) => new(
        import.Id, import.Kind, import.FileName, import.State, Math.Max(import.IsAtWork ? progress[import.Id]?.Rows ?? 0 : 0, import.Progress), import.Total, import.State == ImportState.Applied ? import.NewRows + import.UpdatedRows : import.Written,
        import.NewRows, import.UpdatedRows, import.SameRows, import.ErrorRows, import.Warnings, import.Error ?? (import.State == ImportState.Unmapped ? ImportColumns.Problem(ImportKind.Find(import.Kind)!, import.Headers, import.Fields) : null),
        import.CreatedBy, import.CreatedAt, import.AppliedAt, $"{context.Request.PathBase}/api/imports/{import.Id}");

    /// <summary>What to send, for the document.</summary>
    internal sealed record ImportForm(string Kind, IFormFile File, bool? Apply);

    internal sealed record ImportAnswer(
        int Id, string Kind, string FileName, ImportState State, int Progress, int? Total, int WrittenRows, int NewRows, int UpdatedRows, int SameRows, int ErrorRows,
        IReadOnlyList<string> Warnings, string? Error, string CreatedBy, DateTime CreatedAt, DateTime? AppliedAt, string Url);
}
