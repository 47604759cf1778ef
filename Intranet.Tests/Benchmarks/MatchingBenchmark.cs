using System.Diagnostics;
using System.Globalization;
using Intranet.Data.Contacts.Matching;
using Intranet.Tests.Contacts.Matching;
using Intranet.Tests.Contacts.Matching.Samples;

namespace Intranet.Tests.Benchmarks;

/// <summary>
/// The search for duplicates: quality on labelled CSV files (<c>INTRANET_LABELLED_CONTACTS</c>: a folder; the column <c>cluster_id</c> says who is
/// who), and time and memory on generated rows (<c>INTRANET_MATCHING_ROWS</c>, 1,000,000). Not part of the suite; run it in Release:
/// <c>dotnet run -c Release --project Intranet.Tests -- -explicit only -class Intranet.Tests.Benchmarks.MatchingBenchmark -showliveoutput</c>.
/// </summary>
public sealed class MatchingBenchmark
{
    [Fact(Explicit = true)]
    public void Quality_on_labelled_files()
    {
        var folder = Environment.GetEnvironmentVariable("INTRANET_LABELLED_CONTACTS");
        Assert.SkipWhen(folder is null, "Set INTRANET_LABELLED_CONTACTS to a folder of labelled CSV files.");
        foreach (var file in System.IO.Directory.EnumerateFiles(folder, "*.csv").Order())
            Measure(Path.GetFileName(file), Read(file));
    }

    [Fact(Explicit = true)]
    public void Quality_on_invented_sets()
    {
        Measure("clean people", CleanPeople.Rows(3, 2000, 0.75, 5, 4));
        Measure("hard people", CleanPeople.Rows(6, 2500, 0.7, 3, 10, 0.1));
        Measure("historical people", HistoricalPeople.Rows(13, 5200));
        Measure("common names", BusinessContacts.Rows(7, 2500, 0.05, true));
        Measure("restaurants", Organisations.Rows(8, 750, 0.15, false));
        Measure("look-alikes", BusinessContacts.Rows(10, 2000, 0.25));
    }

    /// <summary>What becomes of decisions among the rows of a set when rows that have nothing to do with them are in the list from the start.</summary>
    [Fact(Explicit = true)]
    public void Decisions_beside_unrelated_rows()
    {
        var sets = new List<(string Name, LabelledRows Rows)>
        {
            ("clean people", CleanPeople.Rows(3, 2000, 0.75, 5, 4)),
            ("hard people", CleanPeople.Rows(6, 2500, 0.7, 3, 10, 0.1)),
            ("historical people", HistoricalPeople.Rows(13, 2500)),
            ("common names", BusinessContacts.Rows(7, 2500, 0.05, true)),
            ("restaurants", Organisations.Rows(8, 750, 0.15, false)),
            ("look-alikes", BusinessContacts.Rows(10, 2000, 0.25)),
        };
        if (Environment.GetEnvironmentVariable("INTRANET_LABELLED_CONTACTS") is { } folder)
            sets.AddRange(System.IO.Directory.EnumerateFiles(folder, "*.csv").Order().Select(file => (Path.GetFileName(file), Read(file))));
        foreach (var (name, labelled) in sets)
        {
            var half = labelled.Rows.Count / 2;
            var before = Decided(labelled.Rows);
            var text = new System.Text.StringBuilder($"{name} ({labelled.Rows.Count:N0} rows, {MatchRecords.Read(labelled.Rows).Population:N0} of them with something in common, {before.Count:N0} pairs):");
            foreach (var (other, rows) in new (string, List<ContactRow>)[]
            {
                ("shares nothing, half", StrangeRows.Like(labelled.Rows, half)),
                ("shares nothing, five times", StrangeRows.Like(labelled.Rows, half * 10)),
                ("clean people", CleanPeople.Rows(32, half, 0.5, 1, 2).Rows),
                ("contacts", BusinessContacts.Rows(34, half, 0.05).Rows),
                ("restaurants", Organisations.Rows(36, half, 0.15, false).Rows),
                ("historical people", HistoricalPeople.Rows(37, half / 4).Rows),
            })
            {
                var after = Decided([.. labelled.Rows, .. rows.Select(row => row with { Id = row.Id + 10_000_000 })]).Where(pair => pair.B < 10_000_000).ToHashSet();
                text.Append(CultureInfo.InvariantCulture, $"\n  with {other}: {(before.Except(after).Count() + after.Except(before).Count()) * 100.0 / before.Count:0.00} % (-{before.Except(after).Count()} +{after.Except(before).Count()}), F1 {F1(labelled, before):0.000} -> {F1(labelled, after):0.000}");
            }

            Print(text.ToString());
        }
    }

    private static HashSet<(long A, long B)> Decided(List<ContactRow> rows)
    {
        var records = MatchRecords.Read(rows);
        return [.. FindPairs.Run(EstimateModel.Run(records, cancellation: TestContext.Current.CancellationToken), records, cancellation: TestContext.Current.CancellationToken).Select(pair => (Math.Min(pair.A, pair.B), Math.Max(pair.A, pair.B)))];
    }

    private static double F1(LabelledRows labelled, HashSet<(long A, long B)> pairs)
    {
        double total = labelled.People.GroupBy(person => person.Value).Sum(person => person.Count() * (person.Count() - 1.0) / 2);
        return 2 * pairs.Count(pair => labelled.People[pair.A] == labelled.People[pair.B]) / (pairs.Count + total);
    }

    [Fact(Explicit = true)]
    public void Time_and_memory()
    {
        var rows = int.Parse(Environment.GetEnvironmentVariable("INTRANET_MATCHING_ROWS") ?? "1000000", CultureInfo.InvariantCulture);
        var contacts = BusinessContacts.Rows(99, (int)(rows / 1.67), 0.05).Rows;
        GC.Collect();
        var before = Process.GetCurrentProcess().WorkingSet64;
        var watch = Stopwatch.StartNew();
        var records = MatchRecords.Read(contacts);
        Print($"{records.Count:N0} rows read in {watch.ElapsedMilliseconds:N0} ms");
        watch.Restart();
        var model = EstimateModel.Run(records, cancellation: TestContext.Current.CancellationToken);
        Print($"weights estimated in {watch.ElapsedMilliseconds:N0} ms");
        watch.Restart();
        var pairs = FindPairs.Run(model, records, cancellation: TestContext.Current.CancellationToken);
        Print($"{pairs.Count:N0} pairs found in {watch.ElapsedMilliseconds:N0} ms; peak {(Process.GetCurrentProcess().PeakWorkingSet64 - before) >> 20} MB above the rows");
        watch.Restart();
        var index = new MatchIndex(model, records);
        Print($"index made in {watch.ElapsedMilliseconds:N0} ms");
        var times = contacts.Take(2000).Select(row =>
        {
            var start = Stopwatch.GetTimestamp();
            index.Find(row);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }).Order().ToList();
        Print($"one arrival: median {times[1000]:F2} ms, p99 {times[1980]:F2} ms");
    }

    private static void Measure(string name, LabelledRows labelled)
    {
        var watch = Stopwatch.StartNew();
        var records = MatchRecords.Read(labelled.Rows);
        var model = EstimateModel.Run(records, cancellation: TestContext.Current.CancellationToken);
        var quality = Quality.Of(labelled.People, FindPairs.Run(model, records, 0.02, cancellation: TestContext.Current.CancellationToken));
        Print($"{name}: {labelled.Rows.Count:N0} rows in {watch.ElapsedMilliseconds:N0} ms, {quality}");
        double all = labelled.People.GroupBy(person => person.Value).Sum(person => person.Count() * (person.Count() - 1.0) / 2);
        var (pairs, hits) = (new long[BlockingRule.All.Length], new long[BlockingRule.All.Length]);
        new CandidatePairs(records).ForEach(
            () => (a, b, rule) =>
            {
                Interlocked.Increment(ref pairs[rule]);
                if (labelled.People[records.All[a].Id] == labelled.People[records.All[b].Id])
                    Interlocked.Increment(ref hits[rule]);
            },
            null,
            TestContext.Current.CancellationToken);
        for (var rule = 0; rule < pairs.Length; rule++)
            Print($"  {BlockingRule.All[rule].Name}: {pairs[rule]:N0} pairs, {hits[rule] / all:P2} of the true ones that no earlier rule names");
        Print($"  together: {hits.Sum() / all:P2}");
    }

    private static LabelledRows Read(string file)
    {
        var lines = File.ReadLines(file).Select(Cells).ToList();
        var header = lines[0];
        var labelled = new LabelledRows([], []);
        var people = new Dictionary<string, int>();
        foreach (var cells in lines.Skip(1))
        {
            string? Cell(params string[] names)
                => names.Select(name => Array.IndexOf(header, name)).Where(at => at >= 0 && at < cells.Length && cells[at].Length > 0).Select(at => cells[at]).FirstOrDefault();
            var id = labelled.Rows.Count + 1L;
            var person = Cell("cluster_id") ?? $"row {id}";
            people.TryAdd(person, people.Count);
            labelled.People.Add(id, people[person]);
            labelled.Rows.Add(new ContactRow
            {
                Id = id,
                GivenName = Cell("given_name"),
                FamilyName = Cell("surname"),
                FullName = Cell("full_name", "name"),
                Email = Cell("email"),
                Phone = Cell("phone"),
                BirthDate = Cell("date_of_birth", "dob"),
                Street = Cell("street", "address"),
                City = Cell("city", "birth_place"),
                Postcode = Cell("postcode"),
                State = Cell("state"),
                Country = Cell("country"),
                Company = Cell("company"),
                JobTitle = Cell("job_title", "occupation", "category"),
            });
        }

        return labelled;
    }

    // No line breaks in quotes: the labelled files have none.
    private static string[] Cells(string line)
    {
        var cells = new List<string>();
        var cell = new System.Text.StringBuilder();
        var quoted = false;
        foreach (var letter in line)
        {
            if (letter == '"')
                quoted = !quoted;
            else if (letter == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
                cell.Append(letter);
        }

        cells.Add(cell.ToString());
        return [.. cells];
    }

    private static void Print(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
