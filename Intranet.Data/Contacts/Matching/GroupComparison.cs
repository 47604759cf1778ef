namespace Intranet.Data.Contacts.Matching;

/// <summary>What the rows of two groups say about each other, field by field.</summary>
internal sealed class GroupComparison
{
    private readonly float[] _sum = new float[FieldLevels.Fields];
    private readonly float[] _most = new float[FieldLevels.Fields];
    private readonly int[] _count = new int[FieldLevels.Fields];
    private readonly int[] _kinds = new int[MatchModel.Kinds];
    private int _email;

    public void Add(PairWeights weights, in Comparison found)
    {
        Span<float> bits = stackalloc float[FieldLevels.Fields];
        weights.Bits(found, bits);
        for (var field = 0; field < bits.Length; field++)
        {
            if (found.Level(field) == 0)
                continue;
            _most[field] = _count[field] == 0 ? bits[field] : Math.Max(_most[field], bits[field]);
            _sum[field] += bits[field];
            _count[field]++;
        }

        _kinds[(int)found.Kind]++;
        _email = Math.Max(_email, found.Level((int)MatchField.Email));
    }

    public GroupComparison Plus(GroupComparison other)
    {
        var plus = new GroupComparison { _email = Math.Max(_email, other._email) };
        for (var field = 0; field < _sum.Length; field++)
        {
            plus._sum[field] = _sum[field] + other._sum[field];
            plus._count[field] = _count[field] + other._count[field];
            plus._most[field] = _count[field] == 0 ? other._most[field] : other._count[field] == 0 ? _most[field] : Math.Max(_most[field], other._most[field]);
        }

        for (var kind = 0; kind < _kinds.Length; kind++)
            plus._kinds[kind] = _kinds[kind] + other._kinds[kind];
        return plus;
    }

    public float Score(PairWeights weights)
    {
        Span<float> bits = stackalloc float[FieldLevels.Fields];
        for (var field = 0; field < bits.Length; field++)
        {
            if (_count[field] == 0)
                continue;
            var mean = _sum[field] / _count[field];
            // People have several mailboxes and phones and move house: one that is shared counts though others differ.
            bits[field] = (MatchField)field is MatchField.Email or MatchField.Phone or MatchField.Street ? (mean + _most[field]) / 2 : mean;
        }

        // The kind of most of the pairs.
        var kind = _kinds.AsSpan().IndexOf(_kinds.Max());
        return weights.Score(bits, (PairKind)kind, _email, out _, out _);
    }
}
