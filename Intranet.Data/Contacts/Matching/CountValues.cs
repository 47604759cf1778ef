using System.Runtime.InteropServices;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Writes into each record how common its values are. A name, a city or a day is counted by rows; an address, a phone or a
/// mailbox by the different people who have it, so that a person's own rows don't make her phone look shared,
/// and an office line does.
/// </summary>
internal static class CountValues
{
    public static void Run(MatchRecords records)
    {
        records.Counted = new int[MatchModel.Kinds];
        records.WordCounts = new int[records.Tokens.Count];
        var firms = new int[records.Tokens.Count];
        foreach (ref readonly var record in records.All)
        {
            if (record.IsAlone)
                continue;
            records.Counted[(int)record.Kind]++;
            var counts = record.Kind == PairKind.Organisations ? records.WordCounts : firms;
            foreach (var word in records.Company(record))
                counts[word]++;
            foreach (var word in records.Whole(record))
                counts[word]++;
        }

        var organisations = records.Counted[(int)PairKind.Organisations];
        records.WordWeights = [.. records.WordCounts.Select(count => CompareWords.Weight(count, organisations))];
        records.FirmWeights = [.. firms.Select(count => CompareWords.Weight(count, records.Population - organisations))];
        Parallel.Invoke(
            () => Rows(records, MatchField.GivenName, (in MatchRecord r) => (ulong)r.Given),
            () => Rows(records, MatchField.FamilyName, (in MatchRecord r) => (ulong)r.FamilyJoined),
            () => Rows(records, MatchField.WholeName, (in MatchRecord r) => (ulong)r.WholeJoined),
            () => Rows(records, MatchField.BirthDate, (in MatchRecord r) => (ulong)r.Birth),
            () => Rows(records, MatchField.City, (in MatchRecord r) => (ulong)r.City),
            () => Rows(records, MatchField.Postcode, (in MatchRecord r) => (ulong)r.Postcode),
            () => Rows(records, MatchField.State, (in MatchRecord r) => (ulong)r.State),
            () => Rows(records, MatchField.Country, (in MatchRecord r) => (ulong)r.Country),
            () => Rows(records, MatchField.Company, (in MatchRecord r) => (ulong)r.CompanyJoined),
            () => Rows(records, MatchField.JobTitle, (in MatchRecord r) => (ulong)r.JobJoined),
            () => People(records, MatchField.Email, (in MatchRecord r) => r.EmailLocal == 0 ? 0 : ((ulong)r.EmailLocal << 32) | (uint)r.EmailDomain),
            () => People(records, MatchField.Phone, (in MatchRecord r) => PhoneKey(r)),
            () => People(records, MatchField.Street, (in MatchRecord r) => (ulong)r.StreetJoined));
    }

    private delegate ulong Value(in MatchRecord record);

    private static ulong PhoneKey(in MatchRecord record) => PhoneDigits.Tail(record.Phone, 9);

    private static void Rows(MatchRecords records, MatchField field, Value of)
    {
        var counts = new Dictionary<ulong, int>();
        foreach (ref readonly var record in records.All)
            if (!record.IsAlone && of(record) is var value and not 0)
                CollectionsMarshal.GetValueRefOrAddDefault(counts, Own(record, value), out _)++;
        foreach (ref var record in records.All)
            if (of(record) is var value and not 0)
                record.Counts[(int)field] = Rarity.ToByte(Math.Max(0, counts.GetValueOrDefault(Own(record, value)) - 2));
    }

    private static void People(MatchRecords records, MatchField field, Value of)
    {
        var people = new HashSet<(ulong Value, int Person)>();
        var counts = new Dictionary<ulong, int>();
        foreach (ref readonly var record in records.All)
            if (!record.IsAlone && of(record) is var value and not 0 && people.Add((Own(record, value), Initials(records, record))))
                CollectionsMarshal.GetValueRefOrAddDefault(counts, Own(record, value), out _)++;
        foreach (ref var record in records.All)
            if (of(record) is var value and not 0)
                record.Counts[(int)field] = Rarity.ToByte(Math.Max(0, counts.GetValueOrDefault(Own(record, value)) - 1));
    }

    // Values take less than 62 bits. Mixed, because a table takes a number's halves together for its place: a mailbox and its
    // domain, both small numbers, would meet there with thousands of others.
    private static ulong Own(in MatchRecord record, ulong value) => StableHash.Mix(value | ((ulong)record.Kind << 62));

    // Swapped names, typing errors and short forms of a name mostly keep them.
    private static int Initials(MatchRecords records, in MatchRecord record)
    {
        var (a, b) = (Initial(records, record.Given), Initial(records, record.Family));
        return a < b ? (a << 16) | b : (b << 16) | a;
    }

    private static int Initial(MatchRecords records, int word) => word == 0 ? 0 : records.Tokens.Text(word)[0];
}
