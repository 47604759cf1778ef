using Intranet.Data.Directory;

namespace Intranet.Data.Leads;

/// <summary>
/// Bigger cities of the world, and countries and states, with their zones of the IANA database (iana.org/time-zones). Where
/// several places have a name, the biggest stands first.
/// </summary>
internal static class CityZones
{
    internal readonly record struct Place(string Zone, string Code);

    /// <summary>By the folded name.</summary>
    internal static readonly IReadOnlyDictionary<string, List<Place>> Cities = Read(CityLines).GroupBy(row => row.Name, row => new Place(row.Zone, row.Code), StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);

    /// <summary>By the folded name; those with several zones have none.</summary>
    internal static readonly IReadOnlyDictionary<string, (string Code, string? Zone)> Countries = Read(CountryLines).ToDictionary(row => row.Name, row => (row.Code, row.Zone.Length == 0 ? null : row.Zone), StringComparer.Ordinal);

    /// <summary>The zones of <see cref="Countries"/> by their codes.</summary>
    internal static readonly IReadOnlyDictionary<string, string?> CountryCodes = Countries.Values.DistinctBy(country => country.Code).ToDictionary(country => country.Code, country => country.Zone, StringComparer.OrdinalIgnoreCase);

    /// <summary>By the folded name or abbreviation.</summary>
    internal static readonly IReadOnlyDictionary<string, Place> States = Read(StateLines).ToDictionary(row => row.Name, row => new Place(row.Zone, row.Code), StringComparer.Ordinal);

    /// <summary>The zone of a city, by its folded name and that of its state, where it is another one than most of the state has.</summary>
    internal static readonly IReadOnlyDictionary<(string City, string State), string> Apart = Read(ApartLines)
        .SelectMany(row => row.Code.Split(';').Select(state => (Key: (row.Name, TextKey.Fold(state)), row.Zone))).ToDictionary(row => row.Key, row => row.Zone);

    /// <summary>Cities, by their folded names, with the letters of their own province or region, which are those of a state elsewhere: "Milano MI", "Bogotá, D.C.", "Perth, WA".</summary>
    internal static readonly IReadOnlySet<(string City, string Letters)> OwnLetters = OwnLetterLines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'))
        .SelectMany(fields => fields[1].Split(';').Select(city => (TextKey.Fold(city), TextKey.Fold(fields[0])))).ToHashSet();

    private static IEnumerable<(string Zone, string Code, string Name)> Read(string lines)
        => lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('|'))
            .SelectMany(fields => fields[2].Split(';').Select(name => (fields[0], fields[1], TextKey.Fold(name))));

    private const string CityLines = """
        Europe/London|GB|London;Birmingham;Manchester;Glasgow;Liverpool;Leeds;Sheffield;Edinburgh;Bristol;Cardiff;Belfast;Leicester;Nottingham;Newcastle;Brighton;Oxford;Cambridge;Plymouth;York;Derby
        Europe/Dublin|IE|Dublin;Cork;Galway;Limerick
        Europe/Lisbon|PT|Lisbon;Lisboa;Porto;Braga;Coimbra;Faro
        Atlantic/Azores|PT|Ponta Delgada
        Atlantic/Reykjavik|IS|Reykjavik
        Europe/Madrid|ES|Madrid;Barcelona;Valencia;Seville;Sevilla;Zaragoza;Malaga;Bilbao;Palma;Alicante;Murcia;Granada
        Atlantic/Canary|ES|Las Palmas;Santa Cruz de Tenerife
        Europe/Paris|FR|Paris;Marseille;Lyon;Toulouse;Nice;Nantes;Strasbourg;Montpellier;Bordeaux;Lille;Rennes;Reims;Grenoble;Dijon
        Europe/Monaco|MC|Monaco
        Europe/Brussels|BE|Brussels;Bruxelles;Antwerp;Antwerpen;Ghent;Gent;Bruges;Liege;Leuven
        Europe/Amsterdam|NL|Amsterdam;Rotterdam;The Hague;Den Haag;Utrecht;Eindhoven;Groningen
        Europe/Luxembourg|LU|Luxembourg
        Europe/Berlin|DE|Berlin;Hamburg;Munich;München;Cologne;Köln;Frankfurt;Frankfurt am Main;Stuttgart;Düsseldorf;Leipzig;Dortmund;Essen;Bremen;Dresden;Hanover;Hannover;Nuremberg;Nürnberg;Duisburg;Bonn;Münster;Karlsruhe;Mannheim;Augsburg;Wiesbaden;Kiel;Freiburg;Mainz;Rostock
        Europe/Zurich|CH|Zurich;Zürich;Geneva;Genève;Basel;Bern;Lausanne;Lucerne;Luzern;Lugano
        Europe/Vienna|AT|Vienna;Wien;Graz;Linz;Salzburg;Innsbruck
        Europe/Rome|IT|Rome;Roma;Milan;Milano;Naples;Napoli;Turin;Torino;Palermo;Genoa;Genova;Bologna;Florence;Firenze;Venice;Venezia;Verona;Catania;Bari
        Europe/Malta|MT|Valletta
        Europe/Copenhagen|DK|Copenhagen;København;Aarhus;Odense;Aalborg
        Europe/Oslo|NO|Oslo;Bergen;Trondheim;Stavanger
        Europe/Stockholm|SE|Stockholm;Gothenburg;Göteborg;Malmö;Uppsala
        Europe/Helsinki|FI|Helsinki;Espoo;Tampere;Turku;Oulu
        Europe/Warsaw|PL|Warsaw;Warszawa;Krakow;Lodz;Wroclaw;Poznan;Gdansk;Szczecin;Lublin;Katowice
        Europe/Prague|CZ|Prague;Praha;Brno;Ostrava;Plzen
        Europe/Bratislava|SK|Bratislava;Kosice
        Europe/Budapest|HU|Budapest;Debrecen;Szeged
        Europe/Ljubljana|SI|Ljubljana;Maribor
        Europe/Zagreb|HR|Zagreb;Split;Rijeka;Dubrovnik
        Europe/Belgrade|RS|Belgrade;Beograd;Novi Sad;Nis
        Europe/Sarajevo|BA|Sarajevo
        Europe/Skopje|MK|Skopje
        Europe/Tirane|AL|Tirana
        Europe/Athens|GR|Athens;Thessaloniki;Patras;Heraklion
        Europe/Sofia|BG|Sofia;Plovdiv;Varna
        Europe/Bucharest|RO|Bucharest;Bucuresti;Cluj;Cluj-Napoca;Timisoara;Iasi;Constanta
        Europe/Chisinau|MD|Chisinau
        Europe/Kyiv|UA|Kyiv;Kiev;Kharkiv;Odesa;Odessa;Dnipro;Lviv
        Europe/Minsk|BY|Minsk
        Europe/Vilnius|LT|Vilnius;Kaunas
        Europe/Riga|LV|Riga
        Europe/Tallinn|EE|Tallinn;Tartu
        Europe/Moscow|RU|Moscow;Saint Petersburg;St Petersburg;Kazan;Nizhny Novgorod;Rostov-on-Don
        Asia/Yekaterinburg|RU|Yekaterinburg;Chelyabinsk;Ufa;Perm
        Asia/Novosibirsk|RU|Novosibirsk
        Asia/Vladivostok|RU|Vladivostok
        Europe/Istanbul|TR|Istanbul;Ankara;Izmir;Bursa;Antalya;Adana
        Asia/Nicosia|CY|Nicosia;Limassol;Larnaca
        Asia/Jerusalem|IL|Jerusalem;Tel Aviv;Haifa
        Asia/Beirut|LB|Beirut
        Asia/Amman|JO|Amman
        Asia/Damascus|SY|Damascus;Aleppo
        Asia/Baghdad|IQ|Baghdad;Basra;Erbil;Mosul
        Asia/Riyadh|SA|Riyadh;Jeddah;Mecca;Medina;Dammam
        Asia/Kuwait|KW|Kuwait City;Kuwait
        Asia/Qatar|QA|Doha
        Asia/Bahrain|BH|Manama
        Asia/Dubai|AE|Dubai;Abu Dhabi;Sharjah
        Asia/Muscat|OM|Muscat
        Asia/Tehran|IR|Tehran;Mashhad;Isfahan;Shiraz;Tabriz
        Asia/Baku|AZ|Baku
        Asia/Tbilisi|GE|Tbilisi;Batumi;Kutaisi
        Asia/Yerevan|AM|Yerevan
        Asia/Tashkent|UZ|Tashkent
        Asia/Almaty|KZ|Almaty;Astana
        Asia/Kabul|AF|Kabul
        Asia/Karachi|PK|Karachi;Lahore;Islamabad;Rawalpindi;Faisalabad;Peshawar;Multan
        Asia/Kolkata|IN|Mumbai;Bombay;Delhi;New Delhi;Bengaluru;Bangalore;Hyderabad;Chennai;Madras;Kolkata;Calcutta;Ahmedabad;Pune;Surat;Jaipur;Lucknow;Kanpur;Nagpur;Indore;Bhopal;Patna;Vadodara;Ludhiana;Agra;Nashik;Coimbatore;Kochi;Cochin;Visakhapatnam;Thiruvananthapuram;Gurgaon;Gurugram;Noida;Chandigarh;Mysuru;Mysore;Goa;Panaji;Guwahati;Bhubaneswar;Ranchi;Amritsar;Varanasi;Rajkot;Madurai
        Asia/Colombo|LK|Colombo;Kandy
        Asia/Kathmandu|NP|Kathmandu;Pokhara
        Asia/Dhaka|BD|Dhaka;Chittagong;Chattogram;Sylhet
        Asia/Yangon|MM|Yangon;Mandalay
        Asia/Bangkok|TH|Bangkok;Chiang Mai;Phuket;Pattaya
        Asia/Ho_Chi_Minh|VN|Ho Chi Minh City;Saigon;Hanoi;Da Nang;Haiphong
        Asia/Phnom_Penh|KH|Phnom Penh;Siem Reap
        Asia/Vientiane|LA|Vientiane
        Asia/Kuala_Lumpur|MY|Kuala Lumpur;Penang;George Town;Johor Bahru;Ipoh
        Asia/Singapore|SG|Singapore
        Asia/Jakarta|ID|Jakarta;Surabaya;Bandung;Medan;Semarang;Yogyakarta
        Asia/Makassar|ID|Makassar;Denpasar;Bali
        Asia/Manila|PH|Manila;Quezon City;Cebu;Cebu City;Davao;Makati
        Asia/Hong_Kong|HK|Hong Kong;Kowloon
        Asia/Macau|MO|Macau;Macao
        Asia/Taipei|TW|Taipei;Kaohsiung;Taichung;Tainan
        Asia/Shanghai|CN|Shanghai;Beijing;Peking;Guangzhou;Shenzhen;Chengdu;Tianjin;Wuhan;Chongqing;Hangzhou;Nanjing;Xian;Xi'an;Suzhou;Shenyang;Qingdao;Dalian;Harbin;Xiamen;Kunming;Changsha
        Asia/Ulaanbaatar|MN|Ulaanbaatar;Ulan Bator
        Asia/Seoul|KR|Seoul;Busan;Incheon;Daegu;Daejeon;Gwangju
        Asia/Tokyo|JP|Tokyo;Osaka;Yokohama;Nagoya;Sapporo;Kyoto;Kobe;Fukuoka;Hiroshima;Sendai;Kawasaki
        Australia/Sydney|AU|Sydney;Canberra;Newcastle;Wollongong
        Australia/Melbourne|AU|Melbourne;Geelong
        Australia/Brisbane|AU|Brisbane;Gold Coast;Cairns;Townsville
        Australia/Adelaide|AU|Adelaide
        Australia/Perth|AU|Perth
        Australia/Darwin|AU|Darwin
        Australia/Hobart|AU|Hobart
        Pacific/Auckland|NZ|Auckland;Wellington;Christchurch;Hamilton;Dunedin;Queenstown
        Pacific/Fiji|FJ|Suva
        Pacific/Port_Moresby|PG|Port Moresby
        Africa/Cairo|EG|Cairo;Alexandria;Giza;Luxor
        Africa/Casablanca|MA|Casablanca;Rabat;Marrakesh;Marrakech;Fes;Tangier
        Africa/Algiers|DZ|Algiers;Oran
        Africa/Tunis|TN|Tunis;Sfax
        Africa/Tripoli|LY|Tripoli;Benghazi
        Africa/Khartoum|SD|Khartoum
        Africa/Addis_Ababa|ET|Addis Ababa
        Africa/Nairobi|KE|Nairobi;Mombasa;Kisumu
        Africa/Kampala|UG|Kampala
        Africa/Dar_es_Salaam|TZ|Dar es Salaam;Dodoma;Zanzibar;Arusha
        Africa/Kigali|RW|Kigali
        Africa/Kinshasa|CD|Kinshasa
        Africa/Luanda|AO|Luanda
        Africa/Lusaka|ZM|Lusaka
        Africa/Harare|ZW|Harare
        Africa/Maputo|MZ|Maputo
        Africa/Johannesburg|ZA|Johannesburg;Cape Town;Durban;Pretoria;Port Elizabeth;Gqeberha;Bloemfontein;Soweto
        Africa/Windhoek|NA|Windhoek
        Africa/Gaborone|BW|Gaborone
        Indian/Antananarivo|MG|Antananarivo
        Indian/Mauritius|MU|Port Louis
        Africa/Lagos|NG|Lagos;Abuja;Kano;Ibadan;Port Harcourt
        Africa/Accra|GH|Accra;Kumasi
        Africa/Abidjan|CI|Abidjan
        Africa/Dakar|SN|Dakar
        Africa/Douala|CM|Douala;Yaounde
        America/New_York|US|New York;New York City;NYC;Brooklyn;Queens;Manhattan;Boston;Philadelphia;Washington;Washington DC;Baltimore;Atlanta;Miami;Orlando;Tampa;Jacksonville;Charlotte;Raleigh;Pittsburgh;Cleveland;Columbus;Cincinnati;Buffalo;Newark;Jersey City;Richmond;Virginia Beach;Hartford;Providence;Fort Lauderdale;Savannah;Charleston;Knoxville;Chattanooga
        America/Detroit|US|Detroit;Ann Arbor;Grand Rapids
        America/Indiana/Indianapolis|US|Indianapolis;Fort Wayne
        America/Kentucky/Louisville|US|Louisville
        America/Chicago|US|Chicago;Houston;Dallas;San Antonio;Austin;Fort Worth;Memphis;Nashville;Milwaukee;Minneapolis;Saint Paul;St Paul;Kansas City;Saint Louis;St Louis;New Orleans;Oklahoma City;Tulsa;Omaha;Des Moines;Madison;Birmingham;Little Rock;Wichita;Baton Rouge;Pensacola;Evansville;Gary
        America/Denver|US|Denver;Salt Lake City;Albuquerque;Colorado Springs;El Paso;Boulder;Santa Fe;Rapid City
        America/Boise|US|Boise
        America/Phoenix|US|Phoenix;Tucson;Mesa;Scottsdale;Tempe
        America/Los_Angeles|US|Los Angeles;San Francisco;San Diego;San Jose;Seattle;Portland;Las Vegas;Sacramento;Oakland;Fresno;Long Beach;Berkeley;Santa Monica;Palo Alto;Anaheim;Spokane;Tacoma;Reno;Hollywood;Napa
        America/Anchorage|US|Anchorage
        Pacific/Honolulu|US|Honolulu
        America/Puerto_Rico|PR|San Juan
        America/Toronto|CA|Toronto;Montreal;Ottawa;Quebec;Quebec City;Mississauga;Hamilton;London;Kitchener;Waterloo
        America/Winnipeg|CA|Winnipeg
        America/Regina|CA|Regina;Saskatoon
        America/Edmonton|CA|Calgary;Edmonton;Banff
        America/Vancouver|CA|Vancouver;Victoria;Surrey;Burnaby
        America/Halifax|CA|Halifax
        America/St_Johns|CA|St John's;Saint John's
        America/Mexico_City|MX|Mexico City;Ciudad de Mexico;Guadalajara;Monterrey;Puebla;Leon;Queretaro;Merida;Oaxaca
        America/Tijuana|MX|Tijuana
        America/Cancun|MX|Cancun;Playa del Carmen
        America/Guatemala|GT|Guatemala City;Guatemala
        America/El_Salvador|SV|San Salvador
        America/Tegucigalpa|HN|Tegucigalpa
        America/Managua|NI|Managua
        America/Costa_Rica|CR|San Jose
        America/Panama|PA|Panama City;Panama
        America/Havana|CU|Havana
        America/Jamaica|JM|Kingston
        America/Santo_Domingo|DO|Santo Domingo
        America/Port-au-Prince|HT|Port-au-Prince
        America/Port_of_Spain|TT|Port of Spain
        America/Nassau|BS|Nassau
        America/Bogota|CO|Bogota;Medellin;Cali;Barranquilla;Cartagena
        America/Caracas|VE|Caracas;Maracaibo
        America/Guayaquil|EC|Quito;Guayaquil
        America/Lima|PE|Lima;Arequipa;Cusco
        America/La_Paz|BO|La Paz;Santa Cruz de la Sierra;Sucre
        America/Asuncion|PY|Asuncion
        America/Santiago|CL|Santiago;Valparaiso;Concepcion
        America/Montevideo|UY|Montevideo
        America/Argentina/Buenos_Aires|AR|Buenos Aires;Rosario;La Plata;Mar del Plata
        America/Argentina/Cordoba|AR|Cordoba
        America/Argentina/Mendoza|AR|Mendoza
        America/Sao_Paulo|BR|Sao Paulo;Rio de Janeiro;Brasilia;Belo Horizonte;Curitiba;Porto Alegre;Campinas;Florianopolis
        America/Bahia|BR|Salvador
        America/Fortaleza|BR|Fortaleza
        America/Recife|BR|Recife
        America/Manaus|BR|Manaus
        """;

    private const string CountryLines = """
        Europe/London|GB|United Kingdom;UK;England;Scotland;Wales;Northern Ireland;Great Britain
        Europe/Dublin|IE|Ireland
        Atlantic/Reykjavik|IS|Iceland
        Europe/Paris|FR|France
        Europe/Monaco|MC|Monaco
        Europe/Brussels|BE|Belgium;Belgien;Belgique
        Europe/Amsterdam|NL|Netherlands;The Netherlands;Holland
        Europe/Luxembourg|LU|Luxembourg
        Europe/Berlin|DE|Germany;Deutschland
        Europe/Zurich|CH|Switzerland;Schweiz;Suisse
        Europe/Vienna|AT|Austria;Österreich
        Europe/Rome|IT|Italy;Italia
        Europe/Malta|MT|Malta
        Europe/Copenhagen|DK|Denmark;Danmark
        Europe/Oslo|NO|Norway;Norge
        Europe/Stockholm|SE|Sweden;Sverige
        Europe/Helsinki|FI|Finland
        Europe/Warsaw|PL|Poland;Polska
        Europe/Prague|CZ|Czechia;Czech Republic
        Europe/Bratislava|SK|Slovakia
        Europe/Budapest|HU|Hungary
        Europe/Ljubljana|SI|Slovenia
        Europe/Zagreb|HR|Croatia
        Europe/Belgrade|RS|Serbia
        Europe/Sarajevo|BA|Bosnia and Herzegovina;Bosnia
        Europe/Skopje|MK|North Macedonia
        Europe/Tirane|AL|Albania
        Europe/Athens|GR|Greece
        Europe/Sofia|BG|Bulgaria
        Europe/Bucharest|RO|Romania
        Europe/Chisinau|MD|Moldova
        Europe/Kyiv|UA|Ukraine
        Europe/Minsk|BY|Belarus
        Europe/Vilnius|LT|Lithuania
        Europe/Riga|LV|Latvia
        Europe/Tallinn|EE|Estonia
        Europe/Istanbul|TR|Turkey;Türkiye
        Asia/Nicosia|CY|Cyprus
        Asia/Jerusalem|IL|Israel
        Asia/Beirut|LB|Lebanon
        Asia/Amman|JO|Jordan
        Asia/Damascus|SY|Syria
        Asia/Baghdad|IQ|Iraq
        Asia/Riyadh|SA|Saudi Arabia
        Asia/Kuwait|KW|Kuwait
        Asia/Qatar|QA|Qatar
        Asia/Bahrain|BH|Bahrain
        Asia/Dubai|AE|United Arab Emirates;UAE
        Asia/Muscat|OM|Oman
        Asia/Tehran|IR|Iran
        Asia/Baku|AZ|Azerbaijan
        Asia/Yerevan|AM|Armenia
        Asia/Tashkent|UZ|Uzbekistan
        Asia/Almaty|KZ|Kazakhstan
        Asia/Kabul|AF|Afghanistan
        Asia/Karachi|PK|Pakistan
        Asia/Kolkata|IN|India
        Asia/Colombo|LK|Sri Lanka
        Asia/Kathmandu|NP|Nepal
        Asia/Dhaka|BD|Bangladesh
        Asia/Yangon|MM|Myanmar;Burma
        Asia/Bangkok|TH|Thailand
        Asia/Ho_Chi_Minh|VN|Vietnam;Viet Nam
        Asia/Phnom_Penh|KH|Cambodia
        Asia/Vientiane|LA|Laos
        Asia/Kuala_Lumpur|MY|Malaysia
        Asia/Singapore|SG|Singapore
        Asia/Manila|PH|Philippines
        Asia/Hong_Kong|HK|Hong Kong
        Asia/Macau|MO|Macau
        Asia/Taipei|TW|Taiwan
        Asia/Shanghai|CN|China
        Asia/Ulaanbaatar|MN|Mongolia
        Asia/Seoul|KR|South Korea;Korea;Republic of Korea
        Asia/Tokyo|JP|Japan
        Pacific/Auckland|NZ|New Zealand
        Pacific/Fiji|FJ|Fiji
        Pacific/Port_Moresby|PG|Papua New Guinea
        Africa/Cairo|EG|Egypt
        Africa/Casablanca|MA|Morocco
        Africa/Algiers|DZ|Algeria
        Africa/Tunis|TN|Tunisia
        Africa/Tripoli|LY|Libya
        Africa/Khartoum|SD|Sudan
        Africa/Addis_Ababa|ET|Ethiopia
        Africa/Nairobi|KE|Kenya
        Africa/Kampala|UG|Uganda
        Africa/Dar_es_Salaam|TZ|Tanzania
        Africa/Kigali|RW|Rwanda
        Africa/Luanda|AO|Angola
        Africa/Lusaka|ZM|Zambia
        Africa/Harare|ZW|Zimbabwe
        Africa/Maputo|MZ|Mozambique
        Africa/Johannesburg|ZA|South Africa
        Africa/Windhoek|NA|Namibia
        Africa/Gaborone|BW|Botswana
        Indian/Antananarivo|MG|Madagascar
        Indian/Mauritius|MU|Mauritius
        Africa/Lagos|NG|Nigeria
        Africa/Accra|GH|Ghana
        Africa/Abidjan|CI|Ivory Coast;Côte d'Ivoire
        Africa/Dakar|SN|Senegal
        Africa/Douala|CM|Cameroon
        America/Puerto_Rico|PR|Puerto Rico
        America/Guatemala|GT|Guatemala
        America/El_Salvador|SV|El Salvador
        America/Tegucigalpa|HN|Honduras
        America/Managua|NI|Nicaragua
        America/Costa_Rica|CR|Costa Rica
        America/Panama|PA|Panama
        America/Havana|CU|Cuba
        America/Jamaica|JM|Jamaica
        America/Santo_Domingo|DO|Dominican Republic
        America/Port-au-Prince|HT|Haiti
        America/Port_of_Spain|TT|Trinidad and Tobago
        America/Nassau|BS|Bahamas;The Bahamas
        America/Bogota|CO|Colombia
        America/Caracas|VE|Venezuela
        America/Lima|PE|Peru
        America/La_Paz|BO|Bolivia
        America/Asuncion|PY|Paraguay
        America/Montevideo|UY|Uruguay
        |PT|Portugal
        |ES|Spain;España
        |RU|Russia
        |ID|Indonesia
        |AU|Australia
        |US|United States;United States of America;USA;US
        |CA|Canada
        |MX|Mexico
        |BR|Brazil;Brasil
        |AR|Argentina
        |CL|Chile
        |EC|Ecuador
        |CD|Congo;DR Congo
        """;

    private const string StateLines = """
        America/New_York|US|NY;MA;Massachusetts;PA;Pennsylvania;NJ;New Jersey;CT;Connecticut;RI;Rhode Island;NH;New Hampshire;VT;Vermont;ME;Maine;MD;Maryland;DE;Delaware;DC;VA;Virginia;WV;West Virginia;NC;North Carolina;SC;South Carolina;GA;Georgia;OH;Ohio;FL;Florida;New York
        America/Detroit|US|MI;Michigan
        America/Indiana/Indianapolis|US|IN;Indiana
        America/Kentucky/Louisville|US|KY;Kentucky
        America/Chicago|US|IL;Illinois;WI;Wisconsin;MN;Minnesota;IA;Iowa;MO;Missouri;AR;Arkansas;LA;Louisiana;MS;Mississippi;AL;Alabama;TN;Tennessee;TX;Texas;OK;Oklahoma;KS;Kansas;NE;Nebraska;SD;South Dakota;ND;North Dakota
        America/Denver|US|CO;Colorado;UT;Utah;WY;Wyoming;MT;Montana;NM;New Mexico
        America/Boise|US|ID;Idaho
        America/Phoenix|US|AZ;Arizona
        America/Los_Angeles|US|CA;California;WA;Washington;OR;Oregon;NV;Nevada
        America/Anchorage|US|AK;Alaska
        Pacific/Honolulu|US|HI;Hawaii
        America/Toronto|CA|ON;Ontario;QC;Quebec
        America/Winnipeg|CA|MB;Manitoba
        America/Regina|CA|SK;Saskatchewan
        America/Edmonton|CA|AB;Alberta
        America/Vancouver|CA|BC;British Columbia
        America/Halifax|CA|NS;Nova Scotia;NB;New Brunswick;PE;Prince Edward Island
        America/St_Johns|CA|NL;Newfoundland;Newfoundland and Labrador
        Australia/Sydney|AU|NSW;New South Wales;ACT
        Australia/Melbourne|AU|VIC;Victoria
        Australia/Brisbane|AU|QLD;Queensland
        Australia/Adelaide|AU|South Australia
        Australia/Perth|AU|Western Australia
        Australia/Darwin|AU|Northern Territory
        Australia/Hobart|AU|TAS;Tasmania
        """;

    private const string ApartLines = """
        America/Denver|TX;Texas|El Paso
        America/New_York|TN;Tennessee|Knoxville;Chattanooga;Johnson City
        America/Chicago|FL;Florida|Pensacola;Panama City;Destin
        America/Chicago|IN;Indiana|Gary;Hammond;Evansville
        America/Chicago|KY;Kentucky|Bowling Green;Owensboro;Paducah
        America/Denver|SD;South Dakota|Rapid City
        America/Denver|NE;Nebraska|Scottsbluff
        America/Los_Angeles|ID;Idaho|Coeur d'Alene;Lewiston
        America/Winnipeg|ON;Ontario|Kenora
        America/Edmonton|BC;British Columbia|Cranbrook
        Australia/Broken_Hill|NSW;New South Wales|Broken Hill
        """;

    private const string OwnLetterLines = """
        MI|Milan;Milano
        PA|Palermo
        CT|Catania;Barcelona;Constanta
        MA|Malaga
        UT|Utrecht
        PE|Recife
        SC|Florianopolis;Chengdu
        DC|Bogota;Caracas
        NL|Monterrey;Durban
        BC|Tijuana
        TN|Chennai;Madras;Coimbatore;Madurai
        OR|Bhubaneswar
        GA|Panaji;Goa
        SD|Karachi
        LA|Lagos
        RI|Port Harcourt
        WA|Perth
        """;
}
