using Intranet.Data.Contacts.Matching;

namespace Intranet.Tests.Contacts.Matching.Samples;

/// <summary>Rows with the fields of a set, filled with names, addresses and numbers that nobody else has.</summary>
internal static class StrangeRows
{
    public static List<ContactRow> Like(List<ContactRow> rows, int count)
    {
        var random = new Random(77);
        string Word(int letters) => string.Concat(Enumerable.Range(0, letters).Select(i => (i % 2 == 0 ? "bcdfghjklmnpqrstvwxz" : "aeiouy")[random.Next(i % 2 == 0 ? 20 : 6)]));
        static string? If(string? there, Func<string> made) => string.IsNullOrEmpty(there) ? null : made();
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var like = rows[i % rows.Count];
            return new ContactRow
            {
                Id = i + 1,
                GivenName = If(like.GivenName, () => Word(9)),
                FamilyName = If(like.FamilyName, () => Word(11)),
                FullName = If(like.FullName, () => $"{Word(9)} {Word(11)}"),
                Email = If(like.Email, () => $"{Word(12)}@{Word(10)}.example"),
                Phone = If(like.Phone, () => $"+{random.NextInt64(20_000_000_000, 999_999_999_999)}"),
                // Days and postcodes are few: others have them, too.
                BirthDate = If(like.BirthDate, () => $"{random.Next(1900, 2009)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}"),
                Street = If(like.Street, () => $"{random.Next(1, 999)} {Word(10)} street"),
                City = If(like.City, () => Word(10)),
                Postcode = If(like.Postcode, () => $"{random.Next(10_000, 99_999)}"),
                State = If(like.State, () => Word(8)),
                Country = If(like.Country, () => Word(9)),
                Company = If(like.Company, () => $"{Word(9)} {Word(10)}"),
                JobTitle = If(like.JobTitle, () => Word(9)),
            };
        })];
    }
}
