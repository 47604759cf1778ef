using Intranet.Data.Contacts.Matching;

namespace Intranet.Tests.Contacts.Matching.Samples;

/// <summary>Invented contacts and who is who: by id the number of the person.</summary>
public sealed record LabelledRows(List<ContactRow> Rows, Dictionary<long, int> People)
{
    /// <summary>Numbers the rows in an order that says nothing about who is who.</summary>
    public static LabelledRows Shuffled(Random random, List<(int Person, ContactRow Row)> rows, long firstId = 1)
    {
        var shuffled = rows.ToArray();
        random.Shuffle(shuffled);
        var labelled = new LabelledRows([], []);
        foreach (var (person, row) in shuffled)
        {
            var id = firstId + labelled.Rows.Count;
            labelled.Rows.Add(row with { Id = id });
            labelled.People.Add(id, person);
        }

        return labelled;
    }
}
