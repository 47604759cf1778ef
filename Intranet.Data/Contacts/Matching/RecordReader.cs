namespace Intranet.Data.Contacts.Matching;

/// <summary>Turns rows into records: folds, parts, and numbers their words.</summary>
internal sealed class RecordReader(MatchRecords records)
{
    // More words than that say nothing new.
    private const int Longest = 6;
    // Values repeat; what a value became is remembered for that many of them.
    private const int Remembered = 200_000;
    private readonly List<int> _words = [];
    private readonly Dictionary<string, int> _cities = [];
    private readonly Dictionary<string, int> _postcodes = [];
    private readonly Dictionary<string, int> _states = [];
    private readonly Dictionary<string, int> _countries = [];
    private readonly Dictionary<string, (int[] Words, int Joined)> _given = [];
    private readonly Dictionary<string, (int[] Words, int Joined)> _families = [];
    private readonly Dictionary<string, (int[] Words, int Joined)> _companies = [];
    private readonly Dictionary<string, (int[] Words, int Joined)> _jobs = [];

    public int Add(ContactRow row)
    {
        _words.Clear();
        var tokens = records.Tokens;
        var record = new MatchRecord { Id = row.Id };
        if (string.IsNullOrWhiteSpace(row.GivenName) && string.IsNullOrWhiteSpace(row.FamilyName))
        {
            var name = NameParts.Parse(null, null, row.FullName);
            (record.GivenCount, record.FamilyCount) = (AddWords(name.Given), AddWords(name.Family));
            (record.GivenJoined, record.FamilyJoined) = (Join(name.Given), Join(name.Family));
        }
        else
        {
            (record.GivenCount, record.GivenJoined) = Words(_given, row.GivenName, text => NameParts.Parse(text, null, null).Given);
            (record.FamilyCount, record.FamilyJoined) = Words(_families, row.FamilyName, text => NameParts.Parse(null, text, null).Family);
        }

        record.Given = record.GivenCount > 0 ? _words[0] : 0;
        record.Family = record.FamilyCount > 0 ? _words[record.GivenCount] : 0;
        if (string.IsNullOrWhiteSpace(row.GivenName) && string.IsNullOrWhiteSpace(row.FamilyName) && !string.IsNullOrWhiteSpace(row.FullName))
        {
            var whole = CompanyWords.Of(row.FullName);
            record.WholeCount = AddWords(whole);
            record.WholeJoined = Join(whole);
            record.Marks |= RecordMarks.FullNameOnly;
            if (CompanyWords.IsOrganisation(row.FullName))
                record.Marks |= RecordMarks.Organisation;
            if (string.IsNullOrWhiteSpace(row.BirthDate) && string.IsNullOrWhiteSpace(row.Email) && string.IsNullOrWhiteSpace(row.Company))
                record.Marks |= RecordMarks.NothingOfPeople | (records.NamesAreOrganisations ? RecordMarks.Organisation : 0);
        }

        var street = StreetParts.Parse(row.Street, row.HouseNumber);
        record.StreetNumber = tokens.Add(street.Number);
        record.StreetCount = AddWords(street.Words);
        record.StreetJoined = street.Words.Count == 0 ? 0 : tokens.Add(string.Concat(street.Words.Prepend(street.Number)));

        (record.CompanyCount, record.CompanyJoined) = Words(_companies, row.Company, CompanyWords.Of);
        (record.JobCount, record.JobJoined) = Words(_jobs, row.JobTitle, text => FoldText.Words(text).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        record.City = Word(_cities, row.City, Places.City);
        record.Postcode = Word(_postcodes, row.Postcode, text => FoldText.Joined(FoldText.Words(text)));
        record.State = Word(_states, row.State, Places.State);
        record.Country = Word(_countries, row.Country, Places.Country);
        record.Birth = Birth.Parse(row.BirthDate);
        (record.Phone, record.PhoneLength) = PhoneDigits.Parse(row.Phone);
        var email = EmailParts.Parse(row.Email);
        record.EmailLocal = tokens.Add(email.Local);
        record.EmailLetters = tokens.Shapes[record.EmailLocal].Letters;
        record.EmailDomain = tokens.Add(email.Domain);
        if (email.IsGeneric)
            record.Marks |= RecordMarks.GenericMailbox;
        if (email.IsFreeMail)
            record.Marks |= RecordMarks.FreeMail;

        record.Kind = Kind(record);
        record.Words = records.AddWords(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_words));
        record.Content = Content(record);
        return records.Add(record);
    }

    internal static PairKind Kind(in MatchRecord record)
        => (record.Marks & RecordMarks.Organisation) != 0 || (record.GivenCount + record.FamilyCount == 0 && record.CompanyCount > 0) ? PairKind.Organisations
            : (record.EmailLocal | record.CompanyCount) != 0 || record.Phone != 0 ? PairKind.Contacts
            : PairKind.People;

    private ulong Content(in MatchRecord record)
    {
        var tokens = records.Tokens;
        var hash = StableHash.Join((ulong)record.Birth, record.Phone);
        foreach (var word in _words)
            hash = StableHash.Join(hash, tokens[word].Hash);
        foreach (var word in (ReadOnlySpan<int>)[record.StreetNumber, record.City, record.Postcode, record.State, record.Country, record.EmailLocal, record.EmailDomain])
            hash = StableHash.Join(hash, tokens[word].Hash);
        return hash;
    }

    private int Word(Dictionary<string, int> known, string? text, Func<string, string> fold)
    {
        if (string.IsNullOrEmpty(text))
            return 0;
        if (known.TryGetValue(text, out var word))
            return word;
        word = records.Tokens.Add(fold(text));
        if (known.Count < Remembered)
            known.Add(text, word);
        return word;
    }

    private (byte Count, int Joined) Words(Dictionary<string, (int[] Words, int Joined)> known, string? text, Func<string, IReadOnlyList<string>> part)
    {
        if (string.IsNullOrWhiteSpace(text))
            return (0, 0);
        if (!known.TryGetValue(text, out var value))
        {
            var words = part(text);
            value = ([.. words.Take(Longest).Select(word => records.Tokens.Add(word))], Join(words));
            if (known.Count < Remembered)
                known.Add(text, value);
        }

        _words.AddRange(value.Words);
        return ((byte)value.Words.Length, value.Joined);
    }

    private byte AddWords(IReadOnlyList<string> words)
    {
        var count = Math.Min(Longest, words.Count);
        for (var i = 0; i < count; i++)
            _words.Add(records.Tokens.Add(words[i]));
        return (byte)count;
    }

    private int Join(IReadOnlyList<string> words) => words.Count switch
    {
        0 => 0,
        1 => records.Tokens.Add(words[0]),
        _ => records.Tokens.Add(string.Concat(words)),
    };
}
