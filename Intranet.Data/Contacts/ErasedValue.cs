namespace Intranet.Data.Contacts;

/// <summary>
/// That a value belonged to somebody who was erased: 64 bits of its digest, which tell whether a value is it and not what it was.
/// See <see cref="ErasedPeople"/>.
/// </summary>
public sealed class ErasedValue
{
    public long Hash { get; init; }
    public DateTime ErasedAt { get; init; }
}
