namespace Intranet.Data.Contacts.Matching;

/// <summary>Compares two records field by field. The result doesn't depend on which of them comes first. One for each thread.</summary>
internal sealed class ComparePair(MatchRecords records)
{
    private readonly WordLikeness _likeness = new(records.Tokens);

    public Comparison Of(in MatchRecord a, in MatchRecord b)
    {
        var found = default(Comparison);
        People(a, b, ref found);
        Home(a, b, ref found);
        Work(a, b, ref found);
        return found;
    }

    /// <summary>
    /// The same, unless the fields that cost little already say that the pair can't reach <paramref name="lowest"/>, whatever
    /// the others say.
    /// </summary>
    public bool TryOf(in MatchRecord a, in MatchRecord b, PairWeights weights, float lowest, out Comparison found)
    {
        if (!TryPeople(a, b, weights, lowest, out found, out _))
            return false;
        Home(a, b, ref found);
        Work(a, b, ref found);
        return true;
    }

    /// <summary>The same with its score, where that is <paramref name="lowest"/> or more. Looks after each group of fields whether it can still be.</summary>
    public bool TryScore(in MatchRecord a, in MatchRecord b, PairWeights weights, float lowest, out Comparison found, out float score)
    {
        score = 0;
        if (!TryPeople(a, b, weights, lowest, out found, out var mostOfWork))
            return false;
        Home(a, b, ref found);
        if (weights.UpperBound(found) + mostOfWork < lowest)
            return false;
        Work(a, b, ref found);
        score = weights.Score(found, lowest);
        return score >= lowest;
    }

    private bool TryPeople(in MatchRecord a, in MatchRecord b, PairWeights weights, float lowest, out Comparison found, out float mostOfWork)
    {
        found = default;
        People(a, b, ref found);
        var kind = (int)found.Kind;
        mostOfWork = MostOfWork(a, b, weights, kind);
        return weights.UpperBound(found) + MostOfHome(a, b, weights, kind) + mostOfWork >= lowest;
    }

    private static PairKind Kind(in MatchRecord a, in MatchRecord b)
        => MatchRecords.IsWhole(a, b) || (a.GivenCount + a.FamilyCount == 0 && b.GivenCount + b.FamilyCount == 0 && a.CompanyCount > 0 && b.CompanyCount > 0) ? PairKind.Organisations
            : a.Kind == b.Kind ? a.Kind
            : PairKind.Mixed;

    private void People(in MatchRecord a, in MatchRecord b, ref Comparison found)
    {
        found.Kind = Kind(a, b);
        if (MatchRecords.IsWhole(a, b))
        {
            if (a.WholeCount > 0 && b.WholeCount > 0)
                found.Set(MatchField.WholeName, CompareWords.Level(records.Tokens, records.WordWeights, _likeness, records.Whole(a), records.Whole(b), a.WholeJoined, b.WholeJoined), Common(a, b, MatchField.WholeName));
        }
        else
            CompareNames.Run(records, _likeness, a, b, ref found);
        if (a.Birth != 0 && b.Birth != 0)
            found.Set(MatchField.BirthDate, CompareValues.Births(a.Birth, b.Birth), Common(a, b, MatchField.BirthDate));
        if (a.EmailLocal != 0 && b.EmailLocal != 0 && CompareValues.Emails(records.Tokens, a, b) is var email and not 0)
            found.Set(MatchField.Email, email, Common(a, b, MatchField.Email));
        if (a.Phone != 0 && b.Phone != 0)
            found.Set(MatchField.Phone, CompareValues.Phones(a.Phone, a.PhoneLength, b.Phone, b.PhoneLength), Common(a, b, MatchField.Phone));
    }

    private void Home(in MatchRecord a, in MatchRecord b, ref Comparison found)
    {
        if ((a.StreetCount > 0 || a.StreetNumber != 0) && (b.StreetCount > 0 || b.StreetNumber != 0) && CompareStreets.Level(records, _likeness, a, b) is var street and not 0)
            found.Set(MatchField.Street, street, Common(a, b, MatchField.Street));
        if (a.City != 0 && b.City != 0)
            found.Set(MatchField.City, CompareValues.Cities(records.Tokens, _likeness, a.City, b.City), Common(a, b, MatchField.City));
        if (a.Postcode != 0 && b.Postcode != 0)
            found.Set(MatchField.Postcode, CompareValues.Postcodes(records.Tokens, a.Postcode, b.Postcode), Common(a, b, MatchField.Postcode));
        if (a.State != 0 && b.State != 0)
            found.Set(MatchField.State, _likeness.Of(a.State, b.State) >= Likeness.VerySimilar ? 2 : 1, Common(a, b, MatchField.State));
        if (a.Country != 0 && b.Country != 0)
            found.Set(MatchField.Country, a.Country == b.Country ? 2 : 1, Common(a, b, MatchField.Country));
    }

    private void Work(in MatchRecord a, in MatchRecord b, ref Comparison found)
    {
        if (a.CompanyCount > 0 && b.CompanyCount > 0)
            found.Set(MatchField.Company, CompareWords.Level(records.Tokens, found.Kind == PairKind.Organisations ? records.WordWeights : records.FirmWeights, _likeness, records.Company(a), records.Company(b), a.CompanyJoined, b.CompanyJoined), Common(a, b, MatchField.Company));
        if (a.JobCount > 0 && b.JobCount > 0)
            found.Set(MatchField.JobTitle, CompareWords.Jobs(_likeness, records.Job(a), records.Job(b), a.JobJoined, b.JobJoined), Common(a, b, MatchField.JobTitle));
    }

    private static float MostOfHome(in MatchRecord a, in MatchRecord b, PairWeights weights, int kind)
        => Most(weights, kind, a, b, MatchField.Street, a.StreetJoined | a.StreetNumber, b.StreetJoined | b.StreetNumber, a.StreetJoined == b.StreetJoined || a.StreetNumber == b.StreetNumber)
            + Most(weights, kind, a, b, MatchField.City, a.City, b.City, a.City == b.City)
            + Most(weights, kind, a, b, MatchField.Postcode, a.Postcode, b.Postcode, a.Postcode == b.Postcode)
            + Most(weights, kind, a, b, MatchField.State, a.State, b.State, true)
            + Most(weights, kind, a, b, MatchField.Country, a.Country, b.Country, a.Country == b.Country);

    private static float MostOfWork(in MatchRecord a, in MatchRecord b, PairWeights weights, int kind)
        => Most(weights, kind, a, b, MatchField.Company, a.CompanyJoined, b.CompanyJoined, a.CompanyJoined == b.CompanyJoined)
            + Most(weights, kind, a, b, MatchField.JobTitle, a.JobJoined, b.JobJoined, true);

    private static float Most(PairWeights weights, int kind, in MatchRecord a, in MatchRecord b, MatchField field, int valueA, int valueB, bool equal)
        => valueA == 0 || valueB == 0 ? 0 : equal ? weights.MostEqual(kind, (int)field, Common(a, b, field)) : weights.MostNear(kind, (int)field, Common(a, b, field));

    private static byte Common(in MatchRecord a, in MatchRecord b, MatchField field) => Math.Max(a.Counts[(int)field], b.Counts[(int)field]);
}
