using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Intranet.Data.Contacts.Matching;
using Intranet.Data.Directory;
using Intranet.Data.Settings;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Contacts;

/// <summary>
/// Tells whether a row of a file is somebody who was erased, so that no file brings them back: one that waited meanwhile, or an
/// old one that is sent again. What was erased is known as salted digests only. Who comes back is entered by hand or by
/// identify; from then on they are there, and files are taken again.
/// </summary>
internal sealed class ErasedPeople
{
    private readonly HashSet<long> hashes;
    private readonly byte[] salt;
    private readonly int groups;

    private ErasedPeople(HashSet<long> hashes, byte[] salt)
    {
        (this.hashes, this.salt) = (hashes, salt);
        while (Knows(ErasedNotes.Group(groups + 1)))
            groups++;
    }

    /// <param name="Key">What the caller knows the row by: its line.</param>
    /// <param name="Name">All parts of it.</param>
    /// <param name="BirthDate">As written.</param>
    internal readonly record struct Row(int Key, string? EmailKey, string? PhoneKey, string? ExternalId, string? Name, string? BirthDate);

    /// <summary>What is known now; <paramref name="before"/> where that is still all.</summary>
    internal static async Task<ErasedPeople?> ReadAsync(IntranetDbContext db, ErasedPeople? before, CancellationToken cancellation)
    {
        // Nothing is ever taken away, so the number tells.
        var count = await db.ErasedValues.CountAsync(cancellation);
        if (count == (before?.hashes.Count ?? 0))
            return before;
        return new ErasedPeople([.. await db.ErasedValues.Select(value => value.Hash).ToListAsync(cancellation)], await SaltAsync(db, cancellation));
    }

    /// <summary>The keys of rows that are somebody erased, and nobody who is there now.</summary>
    internal async Task<HashSet<int>> FindAsync(IntranetDbContext db, IEnumerable<Row> rows, CancellationToken cancellation)
    {
        var found = rows.Where(Knows).ToList();
        var back = new HashSet<string>();
        foreach (var some in found.Chunk(250))
        {
            string[] emails = [.. some.Select(row => row.EmailKey).OfType<string>().Distinct()], numbers = [.. some.Select(row => row.PhoneKey).OfType<string>().Distinct()];
            back.UnionWith((await db.Contacts.Where(c => c.DeletedAt == null && emails.Contains(c.EmailKey)).Select(c => c.EmailKey).Distinct().ToListAsync(cancellation)).Select(key => $"@{key}"));
            back.UnionWith((await db.Contacts.Where(c => c.DeletedAt == null && numbers.Contains(c.PhoneKey)).Select(c => c.PhoneKey!).Distinct().ToListAsync(cancellation)));
            // By their names, for the address of a shop may be that of many thousands.
            // Two each: O'Connor is of other words than OConnor.
            string[] words = [.. some.SelectMany(row => ContactWord.Of(row.Name).OrderByDescending(word => word.Length).Take(2)).Distinct()];
            var named = db.ContactWords.Where(one => words.Contains(one.Word)).Join(db.Contacts.Where(c => c.DeletedAt == null), one => one.ContactId, c => c.Id, (_, c) => c);
            back.UnionWith((await named.Where(c => emails.Contains(c.EmailKey)).Select(c => new { c.EmailKey, c.GivenName, c.FamilyName, c.FullName }).Distinct().ToListAsync(cancellation)).Select(c => $"@{c.EmailKey} {Words($"{c.GivenName} {c.FamilyName} {c.FullName}")}"));
            back.UnionWith((await named.Where(c => numbers.Contains(c.PhoneKey)).Select(c => new { c.PhoneKey, c.GivenName, c.FamilyName, c.FullName }).Distinct().ToListAsync(cancellation)).Select(c => $"{c.PhoneKey} {Words($"{c.GivenName} {c.FamilyName} {c.FullName}")}"));
        }

        // Without a name a value is whoever has it now; so is an address that nobody erased shared with others. Such a one tells nobody.
        var there = found.Where(row => IsBack($"@{row.EmailKey}", Words(row.Name), row.EmailKey is not null && !Beside(EmailNote(row.EmailKey))(Words(row.Name))) || IsBack($"{row.PhoneKey}", Words(row.Name), false)).Select(row => row.Key).ToHashSet();
        foreach (var row in found.Where(row => !there.Contains(row.Key)))
        {
            if (await IsBornSoAsync(db, row, cancellation))
                there.Add(row.Key);
        }

        return [.. found.Select(row => row.Key).Where(key => !there.Contains(key))];

        bool IsBack(string key, string name, bool tells) => ((name.Length == 0 || tells) && back.Contains(key)) || (name.Length > 0 && back.Contains($"{key} {name}"));
    }

    // Somebody of that name and birth date is there.
    private static async Task<bool> IsBornSoAsync(IntranetDbContext db, Row row, CancellationToken cancellation)
    {
        var words = Words(row.Name);
        if (Days(row.BirthDate) is not { Count: > 0 } days || ContactWord.Of(row.Name).MaxBy(word => word.Length) is not { } word)
            return false;
        var named = await db.ContactWords.Where(one => one.Word == word).Join(db.Contacts.Where(c => c.DeletedAt == null && (c.BirthDateAsTyped != null || (c.BirthDate != null && days.Contains(c.BirthDate.Value)))), one => one.ContactId, c => c.Id,
            (_, c) => new { c.GivenName, c.FamilyName, c.FullName, c.BirthDate, c.BirthDateAsTyped }).ToListAsync(cancellation);
        return named.Exists(c => (c.BirthDate is not null || Days(c.BirthDateAsTyped).Exists(days.Contains)) && Words($"{c.GivenName} {c.FamilyName} {c.FullName}") == words);
    }

    /// <summary>Remembers people who are about to be wiped, inside the caller's transaction. An address or number that others have too counts only beside the name.</summary>
    /// <param name="inTexts">Also by name in what is written about the leads whose pocs they are.</param>
    internal static async Task RememberAsync(IntranetDbContext db, IReadOnlyCollection<PersonRow> people, bool inTexts, DateTime now, CancellationToken cancellation)
    {
        var salt = await SaltAsync(db, cancellation);
        var notes = new ErasedNotes(await GroupsAsync(db, salt, cancellation));
        var names = people.Select(row => Words(NameOf(row))).Where(name => name.Length > 0).Distinct().ToList();
        string[] emails = [.. people.Select(row => row.Email).OfType<string>().Select(TextKey.Email).Distinct()];
        string[] phones = [.. people.Select(row => row.PhoneKey).OfType<string>().Distinct()];
        string[] ids = [.. people.Select(row => row.ExternalId).OfType<string>().Distinct()];
        var sharedEmails = await SharedAsync(GenericValueKind.Email, emails, some => db.Contacts.Where(c => some.Contains(c.EmailKey) && c.DeletedAt == null).Select(c => c.EmailKey!), row => row.Email is null ? null : TextKey.Email(row.Email));
        var sharedPhones = await SharedAsync(GenericValueKind.Phone, phones, some => db.Contacts.Where(c => some.Contains(c.PhoneKey) && c.DeletedAt == null).Select(c => c.PhoneKey!), row => row.PhoneKey);
        // An address of nobody else is theirs beside any name. A number or an id beside none, too: a row of a file may leave the name out.
        notes.Add(emails.Where(email => !sharedEmails.Contains(email)).Select(EmailNote));
        notes.Add(phones.Where(phone => !sharedPhones.Contains(phone)).Select(phone => names.Count == 0 ? PhoneNote(phone) : $"{PhoneNote(phone)} "));
        notes.Add(ids.Select(id => $"{IdNote(id)} "));
        notes.AddPairs([.. emails.Where(sharedEmails.Contains).Select(EmailNote), .. phones.Select(PhoneNote), .. ids.Select(IdNote), .. people.SelectMany(row => row.BirthDate is { } day ? [day] : Days(row.BirthDateAsTyped)).Distinct().Select(BornNote)], names);

        var leads = new HashSet<int>();
        foreach (var some in people.Select(row => row.Id).Distinct().Chunk(500))
            leads.UnionWith(await db.Pocs.Where(poc => some.Contains(poc.ContactId)).Select(poc => poc.LeadId).Distinct().ToListAsync(cancellation));
        ErasedTexts.Note(notes, leads, [.. people.SelectMany(row => NamesOf(row.GivenName, row.FamilyName, row.FullName)).Distinct()], inTexts);

        var fresh = notes.Texts.Select(text => Hash(salt, text)).Distinct().ToList();
        foreach (var some in fresh.Chunk(500))
        {
            var known = await db.ErasedValues.Where(value => some.Contains(value.Hash)).Select(value => value.Hash).ToListAsync(cancellation);
            await db.InsertManyAsync(some.Except(known).Select(hash => new ErasedValue { Hash = hash, ErasedAt = now }), cancellation);
        }

        async Task<HashSet<string>> SharedAsync(GenericValueKind kind, string[] keys, Func<string[], IQueryable<string>> holders, Func<PersonRow, string?> keyOf)
        {
            var own = people.Where(row => row.DeletedAt is null).Select(keyOf).OfType<string>().CountBy(key => key).ToDictionary();
            var found = keys.Where(key => GenericValues.IsGeneric(kind, key)).ToHashSet();
            foreach (var some in keys.Chunk(500))
            {
                found.UnionWith(await db.GenericValues.Where(value => value.Kind == kind && some.Contains(value.ValueKey)).Select(value => value.ValueKey).ToListAsync(cancellation));
                // Where more rows have it than the person's own.
                var asked = some.Where(key => !found.Contains(key)).ToArray();
                var counts = await holders(asked).GroupBy(key => key).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancellation);
                found.UnionWith(counts.Where(one => one.Count > own.GetValueOrDefault(one.Key)).Select(one => one.Key));
            }

            return found;
        }
    }

    private bool Knows(Row row)
    {
        var name = Words(row.Name);
        return (row.EmailKey is not null && (Knows(EmailNote(row.EmailKey)) || Beside(EmailNote(row.EmailKey))(name)))
            || (row.PhoneKey is not null && (Knows(PhoneNote(row.PhoneKey)) || Beside(PhoneNote(row.PhoneKey))(name)))
            || (row.ExternalId is { Length: > 0 } && Beside(IdNote(row.ExternalId))(name))
            || (name.Length > 0 && Days(row.BirthDate).Exists(day => Beside(BornNote(day))(name)));
    }

    private static string EmailNote(string key) => $"email {key}";

    private static string PhoneNote(string key) => $"phone {key}";

    private static string IdNote(string id) => $"id {id}";

    private static string BornNote(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"born {day:yyyyMMdd}");

    // Both, where day and month may stand in either order; none, where it is no day of the calendar.
    private static List<DateOnly> Days(string? text)
        => DateOnly.TryParseExact(Birth.Parse(text).ToString(CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? Birth.IsAmbiguous(text) ? [day, new DateOnly(day.Year, day.Day, day.Month)] : [day]
            : [];

    private static string NameOf(PersonRow row) => $"{row.GivenName} {row.FamilyName} {row.FullName}";

    /// <summary>What somebody is called in a text: the whole name, or given and family name.</summary>
    internal static IEnumerable<string> NamesOf(string? given, string? family, string? full)
        => new[] { Words(full), string.IsNullOrWhiteSpace(given) || string.IsNullOrWhiteSpace(family) ? "" : Words($"{given} {family}") }.Where(name => name.Length > 0).Distinct();

    /// <summary>It is among what was erased.</summary>
    internal bool Knows(string text) => hashes.Contains(Hash(text));

    /// <summary>Tells of names whether somebody erased had both.</summary>
    internal Func<string, bool> Beside(string key)
    {
        var having = groups == 0 || !Knows(ErasedNotes.InGroups(key)) ? [] : Enumerable.Range(1, groups).Where(group => Knows(ErasedNotes.KeyIn(group, key))).ToList();
        return name => Knows(ErasedNotes.Pair(key, name)) || having.Exists(group => Knows(ErasedNotes.NameIn(group, name)));
    }

    /// <summary>"Lovelace, Ada" is Ada Lovelace, however the file parts it.</summary>
    internal static string Words(string? name) => string.Join(' ', FoldText.Words(name).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal));

    private long Hash(string text) => Hash(salt, text);

    private static long Hash(byte[] salt, string text) => BinaryPrimitives.ReadInt64LittleEndian(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(text)));

    // They are numbered without gaps.
    private static async Task<int> GroupsAsync(IntranetDbContext db, byte[] salt, CancellationToken cancellation)
    {
        const int step = 100;
        for (var groups = 0; ; groups += step)
        {
            var some = Enumerable.Range(groups + 1, step).Select(group => Hash(salt, ErasedNotes.Group(group))).ToList();
            if (await db.ErasedValues.CountAsync(value => some.Contains(value.Hash), cancellation) is < step and var known)
                return groups + known;
        }
    }

    private static async Task<byte[]> SaltAsync(IntranetDbContext db, CancellationToken cancellation)
    {
        if (await db.Settings.Where(setting => setting.Name == Setting.ErasureSalt).Select(setting => setting.Value).FirstOrDefaultAsync(cancellation) is { } known)
            return Convert.FromBase64String(known);
        var salt = RandomNumberGenerator.GetBytes(32);
        db.Settings.Add(new Setting { Name = Setting.ErasureSalt, Value = Convert.ToBase64String(salt) });
        await db.SaveChangesAsync(cancellation);
        return salt;
    }
}
