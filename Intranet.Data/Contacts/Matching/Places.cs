using System.Collections.Frozen;

namespace Intranet.Data.Contacts.Matching;

/// <summary>States and countries as they are abbreviated.</summary>
internal static class Places
{
    private static readonly FrozenDictionary<string, string> Countries = Read(
        "us:usa,united states,united states of america,america|gb:uk,united kingdom,great britain,britain,england,scotland,wales,northern ireland|" +
        "de:deutschland,germany,ger|fr:france|in:india,bharat|it:italy,italia|es:spain,espana|nl:netherlands,the netherlands,nederland,holland|" +
        "at:austria,osterreich|ch:switzerland,schweiz,suisse|be:belgium,belgie,belgique|pl:poland,polska|pt:portugal|ie:ireland,eire|se:sweden,sverige|" +
        "no:norway,norge|dk:denmark,danmark|fi:finland,suomi|cz:czech republic,czechia|au:australia|nz:new zealand|ca:canada|jp:japan|cn:china|br:brazil,brasil|mx:mexico|za:south africa|sg:singapore");

    private static readonly FrozenDictionary<string, string> States = Read(
        "nsw:new south wales|vic:victoria|qld:queensland|tas:tasmania|act:australian capital territory|nt:northern territory|" +
        "al:alabama|ak:alaska|az:arizona|ar:arkansas|ca:california|co:colorado|ct:connecticut|de:delaware|fl:florida|ga:georgia|hi:hawaii|id:idaho|il:illinois|" +
        "in:indiana|ia:iowa|ks:kansas|ky:kentucky|la:louisiana|me:maine|md:maryland|ma:massachusetts|mi:michigan|mn:minnesota|ms:mississippi|mo:missouri|" +
        "mt:montana|ne:nebraska|nv:nevada|nh:new hampshire|nj:new jersey|nm:new mexico|ny:new york|nc:north carolina|nd:north dakota|oh:ohio|ok:oklahoma|" +
        "or:oregon|pa:pennsylvania|ri:rhode island|sc:south carolina|sd:south dakota|tn:tennessee|tx:texas|ut:utah|vt:vermont|va:virginia|wv:west virginia|" +
        "wi:wisconsin|wy:wyoming|dc:district of columbia");

    private static readonly FrozenDictionary<string, string> CityWords = Read("st:saint,sankt|mt:mount|nyc:new york city,new york|la:los angeles|ft:fort|n:north|s:south|e:east|w:west");

    public static string Country(string? text) => Look(Countries, FoldText.Words(text));

    public static string State(string? text) => Look(States, FoldText.Words(text));

    public static string City(string? text)
    {
        var words = FoldText.Words(text);
        if (CityWords.TryGetValue(words, out var whole))
            return whole;
        return words.Contains(' ') ? string.Join(' ', words.Split(' ').Select(word => CityWords.GetValueOrDefault(word, word))) : words;
    }

    private static string Look(FrozenDictionary<string, string> names, string words) => names.GetValueOrDefault(words, words);

    private static FrozenDictionary<string, string> Read(string lines)
        => lines.Split('|').Select(line => line.Split(':')).SelectMany(line => line[1].Split(',').Select(name => (name, line[0])))
            .ToFrozenDictionary(pair => pair.name, pair => pair.Item2);
}
