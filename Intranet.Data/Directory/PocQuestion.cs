using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Directory;

/// <summary>What somebody asks a point of contact for: a product, a repository, or a repository as part of a product.</summary>
public sealed record PocQuestion(PocQuestion.Named? Product, PocQuestion.Named? Repository)
{
    public sealed record Named(int Id, string Name, List<string> Stakeholders);

    /// <summary>The names as they are written, "PaymentGateway, PaymentRepo" when both were given.</summary>
    public string Title => string.Join(", ", new[] { Product?.Name, Repository?.Name }.OfType<string>());

    /// <summary>Who receives the report unless somebody names others.</summary>
    public List<string> Stakeholders => [.. (Product?.Stakeholders ?? []).Concat(Repository?.Stakeholders ?? []).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Looks the names up, without case. Empty names count as not given; an unknown one leaves its side empty.</summary>
    public static async Task<PocQuestion> AskAsync(IntranetDbContext db, string? productName, string? repositoryName, CancellationToken cancellation = default)
    {
        Named? product = null, repository = null;
        if (!string.IsNullOrWhiteSpace(productName))
        {
            var key = TextKey.Name(productName);
            product = await db.Products.Where(p => p.NameKey == key).Select(p => new Named(p.Id, p.Name, p.Stakeholders)).FirstOrDefaultAsync(cancellation);
        }

        if (!string.IsNullOrWhiteSpace(repositoryName))
        {
            var key = TextKey.Name(repositoryName);
            repository = await db.Repositories.Where(r => r.NameKey == key).Select(r => new Named(r.Id, r.Name, r.Stakeholders)).FirstOrDefaultAsync(cancellation);
        }

        return new PocQuestion(product, repository);
    }
}
