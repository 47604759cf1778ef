namespace Intranet.Tests.Contacts.Matching.Samples;

/// <summary>Names to invent people and places from; the common ones first.</summary>
public static class Words
{
    public static readonly string[] Women = "mary emma sarah laura anna olivia sophie emily jessica charlotte hannah lucy grace ruby chloe amelia isabella mia ella zoe alice katherine elizabeth margaret jane helen susan patricia jennifer linda barbara karen nancy lisa betty sandra ashley donna carol michelle amanda melissa deborah stephanie rebecca sharon cynthia kathleen amy angela shirley brenda pamela nicole samantha christine debra rachel carolyn janet maria heather diane julie joyce victoria kelly christina joan evelyn judith andrea cheryl megan martha teresa gloria sara janice kathryn abigail sophia frances jean judy isla matilda georgia imogen jasmine tahlia bronte caitlin lily madeline phoebe alexandra holly eliza claudia ingrid brigitte greta heidi astrid chiara giulia francesca elena sofia yuki mei priya anjali deepa ngozi amara fatima leila aisha".Split(' ');
    public static readonly string[] Men = "james john william thomas jack joshua lachlan oliver noah ethan samuel benjamin daniel matthew liam harrison alexander nicholas michael david robert charles joseph christopher anthony mark donald steven paul andrew kenneth george kevin brian edward ronald timothy jason jeffrey ryan jacob gary eric jonathan stephen larry justin scott brandon frank gregory raymond patrick dennis jerry tyler aaron henry peter adam nathan douglas zachary kyle walter harold jeremy carl keith roger gerald lawrence sean christian albert arthur austin joe juan bruce bryan jordan dylan alan ralph roy eugene wayne louis philip harry vincent bobby johnny hugo felix oscar connor riley cooper angus hamish callum finn kieran stefan klaus jurgen wolfgang matteo lorenzo pierre antoine sergei dmitri omar yusuf raj vijay amit kenji hiroshi wei chen emeka kwame".Split(' ');
    public static readonly string[] Common = "smith johnson williams brown jones miller davis wilson anderson taylor thomas moore martin jackson thompson white harris clark lewis robinson walker young allen king wright scott green baker adams nelson hill campbell mitchell roberts carter phillips evans turner parker collins edwards stewart morris murphy cook rogers morgan cooper peterson reed bailey bell kelly howard ward cox richardson wood watson brooks bennett gray james hughes price myers long foster sanders ross patel singh khan nguyen garcia martinez rodriguez lopez muller schmidt schneider fischer weber meyer wagner becker schulz hoffmann rossi ferrari russo bianchi romano dubois moreau laurent simon michel lefebvre kowalski novak nowak ivanov petrov hansen nielsen jensen larsen".Split(' ');
    public static readonly string[] Streets = "high station church london victoria green manor park queens kings mill chapel grange north south albert oak elm maple cedar willow birch ash pine hill meadow river lake bridge market castle abbey windsor alexandra george york school springfield highland sunset washington lincoln jefferson franklin madison jackson harbour garden rosewood orchard valley spring ridge forest chestnut walnut cherry holly laurel poplar sycamore linden juniper hazel beech hawthorn banksia wattle acacia kurrajong boronia grevillea waratah lorikeet kookaburra".Split(' ');
    public static readonly string[] Kinds = "street road avenue drive lane court place close crescent boulevard terrace way".Split(' ');
    public static readonly string[] Cities = "london manchester birmingham leeds sheffield bristol liverpool leicester york reading oxford cambridge exeter norwich bath derby stoke hull plymouth southampton portsmouth brighton ipswich gloucester worcester lincoln chester durham carlisle lancaster preston bolton stockport oldham rochdale bury wigan warrington springfield franklin greenville madison auburn dover milton georgetown ashland burlington clinton salem newport kingston berlin hamburg stuttgart paris lyon marseille toulouse mumbai delhi pune kolkata sydney melbourne brisbane perth adelaide hobart geelong ballarat bendigo newcastle wollongong cairns townsville toowoomba mackay".Split(' ');
    public static readonly string[] States = "nsw vic qld wa sa tas act nt".Split(' ');
    public static readonly string[] Jobs = "politician painter writer lawyer engineer physician clergyman soldier composer architect botanist poet actor merchant cricketer footballer judge historian banker sculptor naval-officer explorer publisher surgeon chemist missionary economist photographer".Split(' ');

    /// <summary>Many family names: the common ones, then made up from syllables.</summary>
    public static readonly string[] Families = [.. Common, .. MadeUp(1500, 5)];

    public static readonly string[] Firms = [.. MadeUp(160, 9).Select((word, i) => $"{word} {FirmKinds[i % FirmKinds.Length]}")];
    private static string[] FirmKinds => "software logistics foods media insurance retail packaging robotics textiles partners furniture finance electronics chemicals builders energy".Split(' ');

    private static IEnumerable<string> MadeUp(int count, int seed)
    {
        string[] first = "bar mel cas hol win den ash thorn black whit har wes stan brad fair green kings mar nor pem ran sel tor un wal yar zel cor dun el fen gil hart kel lang".Split(' ');
        string[] middle = ["", "", "", "en", "er", "ing", "el", "an", "am", "or"];
        string[] last = "ton ford well ham ley worth wick by combe more land field man ner ster dale den mond hurst son".Split(' ');
        var random = new Random(seed);
        return Enumerable.Range(0, count * 3).Select(_ => random.Pick(first) + random.Pick(middle) + random.Pick(last)).Distinct().Take(count);
    }
}
