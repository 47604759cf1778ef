using System.Globalization;
using Bogus;
using Bogus.DataSets;

namespace Intranet.Seed;

/// <summary>A town with its state and the digits or letters its postcodes begin with.</summary>
internal sealed record Town(string Name, string State, string Postcode);

/// <summary>How people are called and how addresses and phones look in one country.</summary>
internal sealed class ContactCountry
{
    private static readonly Dictionary<string, (string Women, string Men)> FrequentNames = new()
    {
        ["en"] = ("Mary,Patricia,Jennifer,Elizabeth,Susan,Jessica,Sarah,Margaret,Katherine,Deborah,Rebecca,Victoria,Christine,Amanda,Emma,Laura",
            "James,Robert,John,Michael,William,David,Richard,Thomas,Joseph,Charles,Daniel,Matthew,Anthony,Steven,Andrew,Edward,Kenneth,Nicholas,Benjamin,Samuel,Alexander,Timothy,Gregory"),
        ["de"] = ("Anna,Katharina,Sabine,Julia,Petra,Claudia,Susanne,Stefanie", "Michael,Thomas,Andreas,Stefan,Christian,Maximilian,Johannes,Wolfgang"),
        ["fr"] = ("Marie,Nathalie,Isabelle,Sylvie,Camille,Sophie", "Jean,Pierre,Michel,Philippe,Nicolas,Laurent,Julien"),
        ["en_IND"] = ("Priya,Anjali,Deepa,Sunita,Kavita,Pooja,Lakshmi", "Rahul,Amit,Sanjay,Vijay,Rajesh,Suresh,Anil,Arjun"),
        ["es"] = ("María,Carmen,Ana,Isabel,Laura,Cristina,Marta", "Antonio,José,Francisco,Manuel,David,Javier,Ignacio"),
        ["it"] = ("Maria,Anna,Giulia,Francesca,Chiara,Elena", "Giuseppe,Giovanni,Marco,Andrea,Luca,Francesco"),
        ["pl"] = ("Anna,Małgorzata,Katarzyna,Agnieszka,Aleksandra", "Piotr,Krzysztof,Andrzej,Tomasz,Jan"),
        ["pt_BR"] = ("Maria,Ana,Juliana,Fernanda,Patrícia", "José,João,Carlos,Paulo,Guilherme"),
    };

    private readonly Town[] _towns;
    private readonly string[] _women;
    private readonly string[] _men;
    private readonly string[] _families;

    private ContactCountry(string locale, string name, string code, string trunk, string commonFamilies, string streets, string legal, string towns)
    {
        (Name, Code, Trunk, Streets, Legal) = (name, code, trunk, streets.Split(','), legal.Split(','));
        _towns = [.. towns.Split(',').Select(town => town.Split('/')).Select(part => new Town(part[0], part[1], part[2]))];
        var names = new Name(locale) { Random = Draws.For(0, locale, 0) };
        // Bogus knows the names but not which are frequent: the most frequent ones stand here, in their order.
        var (women, men) = FrequentNames.GetValueOrDefault(locale.StartsWith("en_", StringComparison.Ordinal) && locale != "en_IND" ? "en" : locale);
        _women = [.. Split(women).Concat(Several(300, () => names.FirstName(Bogus.DataSets.Name.Gender.Female))).Distinct()];
        _men = [.. Split(men).Concat(Several(300, () => names.FirstName(Bogus.DataSets.Name.Gender.Male))).Distinct()];
        _families = [.. commonFamilies.Split(',').Concat(Several(600, () => names.LastName())).Distinct()];
    }

    /// <summary>The large markets first and more often.</summary>
    public static ContactCountry[] All { get; } =
    [
        new("en_US", "United States", "1", "", "Smith,Johnson,Williams,Brown,Jones,Garcia,Miller,Davis,Rodriguez,Martinez,Anderson,Taylor,Thomas,Moore,Jackson,Lee",
            "# Main St,# Oak Ave,# Maple Dr,# Washington Blvd,# Lake Rd,# Park Ave,# Cedar Ln,# Hill St,# Sunset Blvd,# Franklin St,# Pine St,# 2nd St,# Church St,# Spring St,# Elm Ct", "Inc.,LLC,Corp.,",
            "New York/NY/100,Chicago/IL/606,Austin/TX/787,Seattle/WA/981,Boston/MA/021,Denver/CO/802,Portland/OR/972,Atlanta/GA/303,San Diego/CA/921,Columbus/OH/432"),
        new("en_GB", "United Kingdom", "44", "0", "Smith,Jones,Taylor,Brown,Williams,Wilson,Johnson,Davies,Patel,Robinson,Wright,Thompson,Evans,Walker,White,Roberts",
            "# High Street,# Station Road,# Church Lane,# Victoria Road,# Green Lane,# Manor Road,# Park Avenue,# Kings Road,# Mill Lane,# Queens Road,# The Grove,# School Lane", "Ltd,Limited,plc,",
            "London/England/SW,Manchester/England/M,Leeds/England/LS,Bristol/England/BS,Cardiff/Wales/CF,Glasgow/Scotland/G,Edinburgh/Scotland/EH,Reading/England/RG"),
        new("de", "Germany", "49", "0", "Müller,Schmidt,Schneider,Fischer,Weber,Meyer,Wagner,Becker,Schulz,Hoffmann,Schäfer,Koch,Bauer,Richter,Klein,Wolf",
            "Hauptstraße #,Schulstraße #,Gartenstraße #,Bahnhofstraße #,Dorfstraße #,Bergstraße #,Lindenweg #,Goethestraße #,Kirchplatz #,Am Markt #", "GmbH,AG,GmbH & Co. KG,",
            "Berlin/Berlin/10,Hamburg/Hamburg/20,München/Bayern/80,Köln/Nordrhein-Westfalen/50,Stuttgart/Baden-Württemberg/70,Leipzig/Sachsen/04,Kiel/Schleswig-Holstein/24"),
        new("fr", "France", "33", "0", "Martin,Bernard,Thomas,Petit,Robert,Richard,Durand,Dubois,Moreau,Laurent,Simon,Michel,Lefebvre,Leroy,Roux",
            "# rue de la République,# rue Victor Hugo,# avenue Jean Jaurès,# place de la Mairie,# rue des Écoles,# boulevard Voltaire,# chemin du Moulin", "SA,SARL,SAS,",
            "Paris/Île-de-France/75,Lyon/Auvergne-Rhône-Alpes/69,Marseille/Provence-Alpes-Côte d'Azur/13,Lille/Hauts-de-France/59,Nantes/Pays de la Loire/44,Toulouse/Occitanie/31"),
        new("en_IND", "India", "91", "0", "Kumar,Singh,Sharma,Patel,Gupta,Das,Khan,Reddy,Rao,Verma,Nair,Mehta,Iyer,Joshi,Shah",
            "# MG Road,# Station Road,# Nehru Street,# Gandhi Nagar,# Park Street,# Lake View Road,# Ring Road,# Temple Street", "Pvt Ltd,Ltd,",
            "Bengaluru/Karnataka/560,Mumbai/Maharashtra/400,Delhi/Delhi/110,Pune/Maharashtra/411,Chennai/Tamil Nadu/600,Hyderabad/Telangana/500"),
        new("es", "Spain", "34", "", "García,Rodríguez,González,Fernández,López,Martínez,Sánchez,Pérez,Gómez,Martín,Jiménez,Ruiz,Hernández",
            "Calle Mayor #,Calle Real #,Avenida de la Constitución #,Plaza de España #,Calle del Sol #,Paseo de Gracia #", "S.A.,S.L.,",
            "Madrid/Madrid/280,Barcelona/Cataluña/080,Valencia/Valencia/460,Sevilla/Andalucía/410,Bilbao/País Vasco/480"),
        new("it", "Italy", "39", "", "Rossi,Russo,Ferrari,Esposito,Bianchi,Romano,Colombo,Ricci,Marino,Greco,Bruno,Gallo,Conti",
            "Via Roma #,Via Garibaldi #,Corso Italia #,Via Mazzini #,Piazza Dante #,Via Verdi #,Viale Europa #", "S.p.A.,S.r.l.,",
            "Roma/Lazio/001,Milano/Lombardia/201,Torino/Piemonte/101,Bologna/Emilia-Romagna/401,Napoli/Campania/801"),
        new("en_AU", "Australia", "61", "0", "Smith,Jones,Williams,Brown,Wilson,Taylor,Nguyen,Johnson,Martin,White,Anderson,Walker,Thompson",
            "# George Street,# Wattle Avenue,# Banksia Crescent,# Victoria Street,# Beach Road,# Railway Parade,# Acacia Court", "Pty Ltd,Ltd,",
            "Sydney/NSW/20,Melbourne/VIC/30,Brisbane/QLD/40,Perth/WA/60,Adelaide/SA/50,Hobart/TAS/70"),
        new("pl", "Poland", "48", "", "Nowak,Wójcik,Kowalczyk,Woźniak,Mazur,Krawczyk,Zając,Król,Wróbel,Wieczorek",
            "ul. Polna #,ul. Leśna #,ul. Słoneczna #,ul. Krótka #,ul. Szkolna #,ul. Ogrodowa #", "Sp. z o.o.,S.A.,",
            "Warszawa/Mazowieckie/00,Kraków/Małopolskie/30,Wrocław/Dolnośląskie/50,Poznań/Wielkopolskie/60,Gdańsk/Pomorskie/80"),
        new("nl", "Netherlands", "31", "0", "de Jong,Jansen,de Vries,van den Berg,Bakker,van Dijk,Visser,Smit,Meijer,de Boer,Mulder",
            "Kerkstraat #,Schoolstraat #,Molenweg #,Dorpsstraat #,Stationsweg #,Julianalaan #", "B.V.,N.V.,",
            "Amsterdam/Noord-Holland/10,Rotterdam/Zuid-Holland/30,Utrecht/Utrecht/35,Eindhoven/Noord-Brabant/56,Groningen/Groningen/97"),
        new("sv", "Sweden", "46", "0", "Andersson,Johansson,Karlsson,Nilsson,Eriksson,Larsson,Olsson,Persson,Svensson,Gustafsson",
            "Storgatan #,Kyrkogatan #,Skolgatan #,Drottninggatan #,Björkvägen #,Strandvägen #", "AB,",
            "Stockholm/Stockholms län/111,Göteborg/Västra Götaland/411,Malmö/Skåne/211,Uppsala/Uppsala län/753,Umeå/Västerbotten/903"),
        new("pt_BR", "Brazil", "55", "0", "Silva,Santos,Oliveira,Souza,Rodrigues,Ferreira,Alves,Pereira,Lima,Gomes,Costa,Ribeiro",
            "Rua das Flores #,Avenida Brasil #,Rua São José #,Rua XV de Novembro #,Avenida Paulista #,Travessa do Sol #", "Ltda.,S.A.,",
            "São Paulo/SP/01,Rio de Janeiro/RJ/20,Curitiba/PR/80,Porto Alegre/RS/90,Salvador/BA/40"),
    ];

    public string Name { get; }
    public string Code { get; }
    public string Trunk { get; }
    public string[] Streets { get; }
    public string[] Legal { get; }

    public string Given(Randomizer draws, bool woman) => draws.Frequent(woman ? _women : _men, 15);

    public string Family(Randomizer draws)
    {
        var family = draws.Frequent(_families, 25);
        // Two family names are the rule in Spain and Brazil.
        var two = Code is "34" or "55" ? 0.6f : 0.03f;
        return draws.Bool(two) ? family + (Code is "34" or "55" ? " " : "-") + draws.Frequent(_families, 25) : family;
    }

    public Town Town(Randomizer draws) => draws.Frequent(_towns, 3);

    public string Street(Randomizer draws)
        => draws.ArrayElement(Streets).Replace("#", draws.Number(1, 220).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public string Postcode(Randomizer draws, Town town) => Code switch
    {
        "44" => $"{town.Postcode}{draws.Number(1, 19)} {draws.Number(1, 9)}{Letter(draws)}{Letter(draws)}",
        "48" => $"{town.Postcode}-{draws.DigitText(3)}",
        "31" => $"{town.Postcode}{draws.DigitText(2)} {Letter(draws)}{Letter(draws)}",
        "55" => $"{town.Postcode}{draws.DigitText(3)}-{draws.DigitText(3)}",
        "61" => town.Postcode + draws.DigitText(2),
        "91" => town.Postcode + draws.DigitText(3),
        _ => town.Postcode + draws.DigitText(5 - town.Postcode.Length),
    };

    /// <summary>A number without country code and trunk digit.</summary>
    public string Phone(Randomizer draws, bool office) => Code switch
    {
        "1" => $"{draws.Number(2, 9)}{draws.Number(0, 8)}{draws.Number(2, 9)}{draws.Number(2, 9)}{draws.DigitText(6)}",
        "44" => office ? "20" + draws.Number(3, 8) + draws.DigitText(7) : "7" + draws.Number(4, 9) + draws.DigitText(8),
        "49" => office ? "30" + draws.Number(2, 9) + draws.DigitText(6) : "17" + draws.Number(0, 9) + draws.Number(2, 9) + draws.DigitText(6),
        "33" => (office ? "1" : "6") + draws.Number(4, 8) + draws.DigitText(7),
        "91" => (office ? "80" : "9" + draws.Number(0, 9)) + draws.Number(2, 9) + draws.DigitText(7),
        "34" => (office ? "91" : "6" + draws.Number(0, 9)) + draws.Number(2, 9) + draws.DigitText(6),
        "39" => office ? "06" + draws.Number(2, 9) + draws.DigitText(7) : "3" + draws.Number(2, 9) + draws.DigitText(8),
        "61" => office ? "2" + draws.Number(7, 9) + draws.DigitText(7) : "4" + draws.DigitText(8),
        "48" => office ? "22" + draws.Number(2, 8) + draws.DigitText(6) : "5" + draws.Number(0, 3) + draws.DigitText(7),
        "31" => office ? "20" + draws.Number(2, 7) + draws.DigitText(6) : "6" + draws.Number(1, 5) + draws.DigitText(7),
        "46" => office ? "8" + draws.Number(5, 7) + draws.DigitText(6) : "7" + draws.ArrayElement(["0", "2", "3", "6"]) + draws.DigitText(7),
        _ => office ? "11" + draws.Number(3, 5) + draws.DigitText(7) : "119" + draws.Number(6, 9) + draws.DigitText(7),
    };

    /// <summary>The same number as different people type it.</summary>
    public string Format(Randomizer draws, string number)
    {
        if (Code == "1")
            return draws.Number(4) switch
            {
                0 => $"({number[..3]}) {number[3..6]}-{number[6..]}",
                1 => $"{number[..3]}-{number[3..6]}-{number[6..]}",
                2 => $"{number[..3]}.{number[3..6]}.{number[6..]}",
                3 => $"+1 {number[..3]} {number[3..6]} {number[6..]}",
                _ => "+1" + number,
            };
        return draws.Number(4) switch
        {
            0 => $"+{Code} {number[..2]} {number[2..5]} {number[5..]}",
            1 => $"+{Code}{number}",
            2 => $"{Trunk}{number}",
            3 => $"00{Code} {number}",
            _ => $"{Trunk}{number[..3]} {number[3..6]} {number[6..]}",
        };
    }

    private static char Letter(Randomizer draws) => "ABDEFGHJLNPQRSTUWXYZ"[draws.Number(19)];

    private static string[] Split(string? names) => names?.Split(',') ?? [];

    private static string[] Several(int count, Func<string> draw)
        => [.. Enumerable.Range(0, count * 4).Select(_ => draw().Trim()).Where(name => name.Length > 1).Distinct().Take(count)];
}
