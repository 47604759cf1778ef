using System.Runtime.InteropServices;

namespace Intranet.Data.Contacts.Matching;

/// <summary>A set of contacts made comparable, and how often each value occurs in it. Filled by <see cref="RecordReader"/>.</summary>
public sealed class MatchRecords
{
    private const int EnoughNames = 20;

    private readonly List<MatchRecord> _records = [];
    private readonly List<int> _words = [];

    public MatchRecords() => Tokens = new();

    // The same words and frequencies, but only some of the records.
    private MatchRecords(MatchRecords of, IEnumerable<int> places)
    {
        (Tokens, _words, WordCounts, WordWeights, FirmWeights, Counted, NamesAreOrganisations) = (of.Tokens, of._words, of.WordCounts, of.WordWeights, of.FirmWeights, of.Counted, of.NamesAreOrganisations);
        _records.AddRange(places.Select(place => of._records[place]));
        Population = _records.Count;
    }

    /// <summary>How many contacts there are.</summary>
    public int Count => _records.Count;

    /// <summary>How many contacts weights are estimated from: without those marked by <see cref="MarkAlone"/>.</summary>
    internal int Population { get; set; }

    internal TokenTable Tokens { get; }

    /// <summary>By word, in how many names of organisations it stands. Words that came later than the counting have none.</summary>
    internal int[] WordCounts { get; set; } = [];

    /// <summary>By word, how much it says in the name of an organisation.</summary>
    internal float[] WordWeights { get; set; } = [];

    /// <summary>The same in the firm of a person.</summary>
    internal float[] FirmWeights { get; set; } = [];

    /// <summary>By <see cref="PairKind"/>, the number that frequencies relate to; contacts added one by one later don't change it.</summary>
    internal int[] Counted { get; set; } = new int[MatchModel.Kinds];

    /// <summary>Whether full names without anything of people are those of organisations here.</summary>
    internal bool NamesAreOrganisations { get; private set; }

    internal Span<MatchRecord> All => CollectionsMarshal.AsSpan(_records);

    /// <summary>Makes the contacts comparable. The order of the rows has no influence on anything but the order of the results.</summary>
    public static MatchRecords Read(IEnumerable<ContactRow> rows)
    {
        var records = new MatchRecords();
        var reader = new RecordReader(records);
        foreach (var row in rows)
            reader.Add(row);
        MarkAlone.Run(records);
        records.ReadNames();
        MarkAlone.Limit(records);
        CountValues.Run(records);
        return records;
    }

    /// <summary>
    /// A guide to restaurants has Campanile beside Art's Deli: nothing in the one name tells what it is, the list does. Where a
    /// quarter of the names that nothing else makes a person's are those of organisations, all of them are.
    /// </summary>
    private void ReadNames()
    {
        var (all, members) = (default(Unclear), default(Unclear));
        foreach (ref readonly var record in All)
        {
            if ((record.Marks & RecordMarks.NothingOfPeople) == 0)
                continue;
            all.Add(record);
            if (!record.IsAlone)
                members.Add(record);
        }

        // What has nothing in common with the list says nothing of it; in a short one, hardly anything has.
        NamesAreOrganisations = (members.Names >= EnoughNames ? members : all).AreOrganisations;
        if (!NamesAreOrganisations)
            return;
        foreach (ref var record in All)
            if ((record.Marks & RecordMarks.NothingOfPeople) != 0)
                (record.Marks, record.Kind) = (record.Marks | RecordMarks.Organisation, PairKind.Organisations);
    }

    private struct Unclear
    {
        private int _organisations;

        public int Names { get; private set; }

        public readonly bool AreOrganisations => _organisations > 0 && _organisations * 4 >= Names;

        public void Add(in MatchRecord record)
        {
            Names++;
            _organisations += (record.Marks & RecordMarks.Organisation) != 0 ? 1 : 0;
        }
    }

    /// <summary>
    /// About so large a share of the records, to read only: which, their contents decide. Rows of the same content are drawn apart
    /// from each other, or pairs of them would be met too often.
    /// </summary>
    internal MatchRecords Drawn(double share)
    {
        var seen = new Dictionary<ulong, ulong>(_records.Count);
        var drawn = new List<int>();
        for (var i = 0; i < _records.Count; i++)
        {
            if (_records[i].IsAlone)
                continue;
            ref var same = ref CollectionsMarshal.GetValueRefOrAddDefault(seen, _records[i].Content, out _);
            if (StableHash.Join(_records[i].Content, same++) < share * ulong.MaxValue)
                drawn.Add(i);
        }

        return new MatchRecords(this, drawn);
    }

    internal int Add(in MatchRecord record)
    {
        _records.Add(record);
        return _records.Count - 1;
    }

    /// <summary>Takes back the record that was added last.</summary>
    internal void RemoveLast()
    {
        var last = _records[^1];
        _words.RemoveRange(last.Words, _words.Count - last.Words);
        _records.RemoveAt(_records.Count - 1);
    }

    internal int AddWords(ReadOnlySpan<int> words)
    {
        var start = _words.Count;
        _words.AddRange(words);
        return start;
    }

    /// <summary>All words of all names.</summary>
    internal ReadOnlySpan<int> Names(in MatchRecord record) => Words(record.Words, record.GivenCount + record.FamilyCount + record.WholeCount);

    internal ReadOnlySpan<int> Given(in MatchRecord record) => Words(record.Words, record.GivenCount);

    internal ReadOnlySpan<int> Family(in MatchRecord record) => Words(record.Words + record.GivenCount, record.FamilyCount);

    internal ReadOnlySpan<int> Whole(in MatchRecord record) => Words(record.Words + record.GivenCount + record.FamilyCount, record.WholeCount);

    internal ReadOnlySpan<int> Street(in MatchRecord record)
        => Words(record.Words + record.GivenCount + record.FamilyCount + record.WholeCount, record.StreetCount);

    internal ReadOnlySpan<int> Company(in MatchRecord record)
        => Words(record.Words + record.GivenCount + record.FamilyCount + record.WholeCount + record.StreetCount, record.CompanyCount);

    internal ReadOnlySpan<int> Job(in MatchRecord record)
        => Words(record.Words + record.GivenCount + record.FamilyCount + record.WholeCount + record.StreetCount + record.CompanyCount, record.JobCount);

    /// <summary>Whether two full names are compared as those of organisations.</summary>
    internal static bool IsWhole(in MatchRecord a, in MatchRecord b)
        => (a.Marks & b.Marks & RecordMarks.FullNameOnly) != 0 && ((a.Marks | b.Marks) & RecordMarks.Organisation) != 0;

    private ReadOnlySpan<int> Words(int start, int count) => CollectionsMarshal.AsSpan(_words).Slice(start, count);
}
