using System.Numerics;
using static Intranet.Data.Contacts.Matching.FieldLevels;

namespace Intranet.Data.Contacts.Matching;

/// <summary>Compares single values: days, mailboxes, phones, places.</summary>
internal static class CompareValues
{
    /// <summary>Both are given, as <see cref="Birth"/> writes them.</summary>
    public static int Births(int a, int b)
    {
        if (a == b)
            return a % 10000 == 0 ? BirthYearOnly : BirthEqual;
        var (yearA, monthA, dayA) = (a / 10000, a / 100 % 100, a % 100);
        var (yearB, monthB, dayB) = (b / 10000, b / 100 % 100, b % 100);
        if (monthA == 0 || monthB == 0)
            return yearA == yearB ? BirthYearOnly : Math.Abs(yearA - yearB) <= 1 || OffDigits(yearA, yearB) == 1 ? BirthNear : 1;
        if (yearA == yearB && monthA == dayB && dayA == monthB)
            return BirthSwapped;
        if (dayA == 0 || dayB == 0)
            return yearA == yearB ? (monthA == monthB ? BirthTwoParts : BirthYear) : 1;
        var years = Math.Abs(yearA - yearB);
        if (OffDigits(a, b) == 1 || IsTransposed(a, b))
            return years >= 10 ? BirthTwoParts : BirthOneEdit;
        var parts = (yearA == yearB ? 1 : 0) + (monthA == monthB ? 1 : 0) + (dayA == dayB ? 1 : 0);
        if (parts == 2)
            return years < 12 ? BirthTwoParts : BirthNear;
        if (yearA == yearB)
            return (monthA, dayA) == (1, 1) || (monthB, dayB) == (1, 1) ? BirthYearOnly : BirthYear;
        return OffDigits(a, b) == 2 || (years <= 1 && ((monthA, dayA) == (1, 1) || (monthB, dayB) == (1, 1))) || (monthA == dayB && dayA == monthB) ? BirthNear : 1;
    }

    /// <summary>Both have one.</summary>
    public static int Emails(TokenTable tokens, in MatchRecord a, in MatchRecord b)
    {
        var generic = ((a.Marks | b.Marks) & RecordMarks.GenericMailbox) != 0;
        var sameDomain = a.EmailDomain == b.EmailDomain;
        if (a.EmailLocal == b.EmailLocal && sameDomain)
            return generic ? EmailDomain : EmailEqual;
        var organisation = sameDomain && ((a.Marks | b.Marks) & RecordMarks.FreeMail) == 0;
        if (generic)
            return organisation ? EmailDomain : 1;
        if (a.EmailLocal != b.EmailLocal && BitOperations.PopCount(a.EmailLetters ^ b.EmailLetters) > 4)
            return organisation ? EmailDomain : 1;
        var (localA, localB) = (tokens.Text(a.EmailLocal), tokens.Text(b.EmailLocal));
        var shorter = Math.Min(localA.Length, localB.Length);
        var allowed = shorter >= 9 ? 2 : shorter >= 4 ? 1 : 0;
        var locals = a.EmailLocal == b.EmailLocal ? 0 : Math.Abs(localA.Length - localB.Length) > allowed ? 9 : TextDistance.Edits(localA, localB);
        if (locals <= allowed)
        {
            if (sameDomain)
                return EmailEdits;
            var (domainA, domainB) = (tokens.Text(a.EmailDomain), tokens.Text(b.EmailDomain));
            if (Math.Abs(domainA.Length - domainB.Length) <= 2 && TextDistance.Edits(domainA, domainB) <= 2 && domainA.Length > 6 && locals + 1 <= 2)
                return EmailEdits;
            // john.smith@ is what every John Smith has: that says nothing the names don't say.
            if (locals == 0 && shorter >= 3)
                return HoldsName(tokens, localA, a) || HoldsName(tokens, localA, b) ? 0 : EmailLocal;
        }

        return organisation ? EmailDomain : 1;
    }

    private static bool HoldsName(TokenTable tokens, string local, in MatchRecord record)
        => Holds(local, tokens.Text(record.FamilyJoined)) || Holds(local, tokens.Text(record.Given));

    private static bool Holds(string local, string name) => name.Length >= 3 && local.Contains(name, StringComparison.Ordinal);

    /// <summary>By the last nine digits: what comes before is the country's or area's business and often missing.</summary>
    public static int Phones(ulong a, int lengthA, ulong b, int lengthB)
    {
        if (a == b)
            return PhoneEqual;
        var shorter = Math.Min(lengthA, lengthB);
        if (shorter < 7)
            return 1;
        var tail = Math.Min(shorter, 9);
        if (PhoneDigits.Tail(a, tail) == PhoneDigits.Tail(b, tail))
            return PhoneEqual;
        if (PhoneDigits.Tail(a, 6) == PhoneDigits.Tail(b, 6))
            return PhoneTail;
        // Once in the national number, once with a digit lost or doubled, which moves everything before it.
        var national = Math.Min(shorter, 10);
        return PhoneDigits.IsOneEdit(PhoneDigits.Tail(a, national), national, PhoneDigits.Tail(b, national), national) || PhoneDigits.IsOneEdit(a, lengthA, b, lengthB) ? PhoneEdit : 1;
    }

    public static int Cities(TokenTable tokens, WordLikeness likeness, int a, int b)
    {
        if (a == b)
            return CityEqual;
        if (likeness.Of(a, b) >= Likeness.Similar)
            return CitySimilar;
        var (shorter, longer) = (tokens.Text(a), tokens.Text(b));
        if (shorter.Length > longer.Length)
            (shorter, longer) = (longer, shorter);
        return shorter.Length >= 4 && longer.Contains(shorter, StringComparison.Ordinal) ? CitySimilar : 1;
    }

    public static int Postcodes(TokenTable tokens, int a, int b)
    {
        if (a == b)
            return PostcodeEqual;
        var (x, y) = (tokens.Text(a), tokens.Text(b));
        if (Math.Abs(x.Length - y.Length) <= 1 && TextDistance.Edits(x, y) == 1)
            return PostcodeEdit;
        var common = 0;
        while (common < Math.Min(x.Length, y.Length) && x[common] == y[common])
            common++;
        return common >= 3 || (common >= 2 && x.Length <= 4) ? PostcodeArea : 1;
    }

    private static int OffDigits(int a, int b)
    {
        var off = 0;
        for (; a > 0 || b > 0; (a, b) = (a / 10, b / 10))
            if (a % 10 != b % 10)
                off++;
        return off;
    }

    private static bool IsTransposed(int a, int b)
    {
        for (; a > 0; (a, b) = (a / 10, b / 10))
            if (a % 10 != b % 10)
                return a / 100 == b / 100 && a % 10 == b / 10 % 10 && a / 10 % 10 == b % 10;
        return false;
    }
}
