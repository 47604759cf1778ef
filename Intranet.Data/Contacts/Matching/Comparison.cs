namespace Intranet.Data.Contacts.Matching;

/// <summary>What two records have in common: a level for each field and how common the shared values are.</summary>
internal struct Comparison
{
    private const int SwappedBit = 60;
    private const int KindBit = 56;
    public ulong Levels;
    public FieldBytes Counts;

    public readonly int Level(int field) => (int)(Levels >> (field * 4)) & 15;

    public void Set(MatchField field, int level, byte count)
    {
        Levels |= (ulong)level << ((int)field * 4);
        Counts[(int)field] = count;
    }

    public PairKind Kind
    {
        readonly get => (PairKind)((Levels >> KindBit) & 3);
        set => Levels |= (ulong)value << KindBit;
    }

    /// <summary>The given name of one was compared with the family name of the other.</summary>
    public bool Swapped
    {
        readonly get => (Levels >> SwappedBit & 1) != 0;
        set => Levels |= value ? 1UL << SwappedBit : 0;
    }
}
