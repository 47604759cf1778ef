using System.Globalization;

namespace Intranet.Tests.Imports;

/// <summary>Files whose rows speak of each other over many lines, and of what is known before.</summary>
internal static class BatchFiles
{
    private const int Rows = 50;

    internal static readonly IReadOnlyList<(string Kind, string Csv)> Before =
    [
        ("employees", $"{EmployeeHeader}\r\nB1,Known,Before,b1@sc1701d.example,FILE,Old title,\r\n"),
        ("contacts", $"{ContactHeader}\r\nc-known,Known,Before,known@file.example,,,\r\n,Idless,Before,idless@file.example,,,\r\n"),
        ("leads", $"{LeadHeader}\r\nl-known,Known lead,Berlin,New,,\r\nl1,Lead one,Berlin,New,{Cast.Kam.Email},7\r\nl2,Lead two,Rome,New,{Cast.SalesLead.Email},14\r\nl3,Lead three,Rome,New,,\r\n"),
        ("pocs", "LeadId,Name,Role,Email\r\nl3,Bob Before,owner,bob@file.example\r\nl3,Cid Before,chef,cid@file.example\r\n"),
    ];

    private const string EmployeeHeader = "EmpId,FirstName,LastName,EmailId,LocationCode,Title,ManagerEmpId",
        ContactHeader = "Id,GivenName,FamilyName,Email,Phone,BirthDate,City",
        LeadHeader = "Id,Name,City,Stage,Owner,CallFrequency";

    internal static string Of(string kind) => string.Join("\r\n", kind switch
    {
        "employees" => [EmployeeHeader, .. Many(Employee)],
        "contacts" => [ContactHeader, .. Many(Contact)],
        "leads" => [LeadHeader, .. Many(Lead)],
        "pocs" => ["LeadId,Name,Role,Phone,Email,IsMain", .. Many(Poc)],
        "interactions" => ["LeadId,InteractionDate,Kind,Outcome,Details,OrderPlaced,OrderValue", .. Many(Interaction)],
        "title-rules" => ["Pattern,Title", .. Many(TitleRule)],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    }) + "\r\n";

    private static IEnumerable<string> Many(Func<int, string> row) => Enumerable.Range(1, Rows).Select(row);

    // Managers come before and after; EmpIds repeat a row that was taken and one that was in error.
    private static string Employee(int i) => i switch
    {
        20 => "B1,Known,After,b1@sc1701d.example,FILE,New title,F40",
        30 => "F3,Twice,Said,f3@sc1701d.example,FILE,,",
        5 => "F5,Wrong,Address,nowhere,FILE,,",
        41 => "F5,Right,Address,f5@sc1701d.example,FILE,,",
        _ => $"F{i},First{i},Last{i},f{i}@sc1701d.example,FILE,{(i % 9 == 0 ? "Odd title " + i / 9 : "Software Engineer")},F{(i + 17) % Rows}",
    };

    // Addresses and numbers are shared over many lines: by one name, and by others.
    private static string Contact(int i) => i switch
    {
        4 => "c-known,Known,After,known@file.example,,,Rome",
        22 => "f3,Twice,Said,other@file.example,,,",
        // Without an id: known before, and the same as an earlier row of the file.
        25 => ",Idless,Before,idless@file.example,,,",
        26 => ",Ada,Idle,late@file.example,,,",
        44 => ",Ada,Idle,late@file.example,,,",
        31 => ",,,,,,",
        35 => "c-known,Known,Again,,,,",
        _ => $"f{i},{(i % 3 == 0 ? "Ada" : "Bob")},Person{i % 6},f{i % 12}@file.example,{(i % 4 == 0 ? $"98200{i % 8:00000}" : "")},{(i % 10 == 0 ? "1850" : "")},",
    };

    private static string Lead(int i) => i switch
    {
        6 => $"l-known,Known lead renamed,Berlin,Contacted,{Cast.Kam.Email},9",
        24 => "f2,Twice,Berlin,New,,",
        // By name alone: once new, once what an earlier row with an id is called.
        27 => ",Nameless,Berlin,New,,",
        33 => ",Lead f9,Nowhere9,New,,",
        45 => ",Nameless,Berlin,New,,",
        _ => $"f{i},Lead f{i},{(i % 3 == 0 ? "Nowhere" + i : "Berlin")},{(i % 4 == 0 ? "Active" : "New")},{(i % 2 == 0 ? Cast.Kam.Email : "")},{i % 20 + 1}",
    };

    private static string Poc(int i) => i switch
    {
        // The same known person by address twice, a name that an earlier row has, the same words.
        3 or 30 => $"l1,Known Before,{(i == 3 ? "owner" : "chef")},,known@file.example,",
        33 => "l1,Person 8,,,,",
        // New numbers of known pocs.
        14 or 47 => $"l3,Bob Before,,98201110{i:00},bob@file.example,",
        29 => "l3,Cid Before,owner,9820111029,cid@file.example,",
        36 => "l2,Person 9,role9,982011109,p9@file.example,yes",
        // Who says so first is refused: the next one is the main one, also where the import is interrupted between them.
        7 => "l2,Refused Main,,n/a,refused@file.example,yes",
        39 => "l2,Person 39,role39,982011139,p14@file.example,yes",
        40 => "nowhere,Somebody,,,,",
        _ => $"{(i % 2 == 0 ? "l1" : "l2")},Person {i},role{i},{(i % 3 == 0 ? $"9820111{i:00}" : "")},p{i % 25}@file.example,{(i % 10 == 0 ? "yes" : "")}",
    };

    private static string Interaction(int i) => i switch
    {
        21 => "l1,2030-01-02 10:00,Call,,said again,,",
        28 => "nowhere,2030-01-02 10:00,Call,,,,",
        _ => string.Create(CultureInfo.InvariantCulture, $"{(i % 2 == 0 ? "l1" : "l2")},{(i == 2 ? "2030-01-02 10:00" : i == 49 ? "today-3" : $"2030-02-{i % 25 + 1:00} {i % 12 + 8:00}:{i:00}")},{(i % 5 == 0 ? "Order" : "Call")},,Row {i},,{(i % 5 == 0 ? $"{i}.50" : "")}"),
    };

    private static string TitleRule(int i) => i switch
    {
        30 => "*odd 3*,DevOps Engineer",
        35 => "*odd 35*,No such title",
        _ => $"*odd {i}*,{(i % 2 == 0 ? "Software Engineer" : "QA Engineer")}",
    };
}
