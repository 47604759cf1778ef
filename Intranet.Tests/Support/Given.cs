using Intranet.Data.Accounts;
using Intranet.Data.Directory;
using Intranet.Data.Mail;

namespace Intranet.Tests.Support;

/// <summary>
/// Records for a test, one call each: everything not named gets a plausible value, names are unique. They are saved
/// the way the app saves (audit and search words included).
/// </summary>
public sealed class Given(RunningApp app)
{
    private static int number;

    /// <summary>Different on every call and in every test.</summary>
    public static string Unique(string word) => $"{word}{Interlocked.Increment(ref number)}";

    private static string Code => Interlocked.Increment(ref number).ToString("000000", null);

    public Task<Location> Location(
        string? code = null, string city = "Berlin", string region = "EMEA", string country = "Germany", string timeZone = "Europe/Berlin",
        TimeOnly? start = null, TimeOnly? end = null, Workdays workdays = Workdays.MondayToFriday)
        => Saved(new Location
        {
            LocationCode = code ?? Unique("LOC"),
            City = city,
            Region = region,
            Country = country,
            TimeZone = timeZone,
            WorkdayStart = start ?? new TimeOnly(9, 0),
            WorkdayEnd = end ?? new TimeOnly(17, 0),
            Workdays = workdays,
        });

    /// <param name="title">A standard title's name; null for none.</param>
    public async Task<Employee> Employee(
        string? firstName = null, string? lastName = null, string? empId = null, string? email = null, string? chat = null,
        string? title = "Software Engineer", string? originalTitle = null, Location? location = null, string? managerEmpId = null,
        DateOnly? leftOn = null, DateOnly? awayFrom = null, DateOnly? awayUntil = null, Employee? substitute = null)
    {
        var first = firstName ?? "Robin";
        var last = lastName ?? Unique("Tester");
        var unique = Code;
        var employee = new Employee
        {
            EmpId = empId ?? $"7{unique}",
            FirstName = first,
            LastName = last,
            EmailId = email ?? $"{TextKey.Fold(first).Replace(' ', '.')}.{unique}@sc1701d.example",
            ChatUserName = chat ?? $"user{unique}",
            TitleId = title is null ? null : TitleId(title),
            OriginalTitle = originalTitle ?? title ?? "",
            LocationId = (location ?? await Location()).Id,
            ManagerEmpId = managerEmpId,
            LeftOn = leftOn,
        };
        if (awayFrom is { } from)
            employee.GoAway(from, awayUntil ?? from, substitute?.Id);
        return await Saved(employee);
    }

    public Task<Product> Product(string? name = null, string description = "", string channel = "", params string[] stakeholders)
        => Saved(new Product { Name = name ?? Unique("Product"), Description = description, ChatChannel = channel, Stakeholders = [.. stakeholders] });

    public Task<Repository> Repository(string? name = null, Product? product = null, string description = "", string channel = "", params string[] stakeholders)
        => Saved(new Repository { Name = name ?? Unique("Repository"), ProductId = product?.Id, Description = description, ChatChannel = channel, Stakeholders = [.. stakeholders] });

    public async Task<Assignment> Assignment(
        Employee? employee = null, Product? product = null, Repository? repository = null, AssignmentRole role = AssignmentRole.Owner, DateOnly? confirmedOn = null)
    {
        var assignment = new Assignment
        {
            EmployeeId = (employee ?? await Employee()).Id,
            ProductId = product?.Id ?? (repository is null ? (await Product()).Id : null),
            RepositoryId = repository?.Id,
            Role = role,
        };
        if (confirmedOn is { } day)
            assignment.Confirm(day, Cast.Steward.Email);
        return await Saved(assignment);
    }

    /// <summary>A mail in the outbox, due at once.</summary>
    public Task<OutboxMessage> Mail(
        string? subject = null, string text = "Text of the mail.", string html = "<p>Text of the mail.</p>", string kind = "test", string? replyTo = null,
        string? listUnsubscribe = null, IEnumerable<string>? to = null, IEnumerable<string>? cc = null, params OutboxAttachment[] attachments)
        => Saved(new OutboxMessage
        {
            Kind = kind,
            To = [.. to ?? ["reader@example.org"]],
            Cc = [.. cc ?? []],
            ReplyTo = replyTo,
            Subject = subject ?? Unique("Subject"),
            Text = text,
            Html = html,
            ListUnsubscribe = listUnsubscribe,
            Attachments = [.. attachments],
            CreatedAt = app.Clock.UtcNow,
            CreatedBy = Cast.Employee.Name,
        });

    /// <summary>Somebody who can sign in with <see cref="Cast.Password"/>; an employee, and what else is named.</summary>
    public async Task<Person> User(string? name = null, string? email = null, string role = Role.Employee)
    {
        var person = new Person(name ?? Unique("User"), email ?? $"{Unique("user")}@cast.example", role);
        await Cast.CreateAsync(app.Services, person);
        return person;
    }

    // Records come back alone: a second context must not find yesterday's neighbours attached to them.
    private async Task<T> Saved<T>(T record) where T : class
    {
        await app.Database(async db =>
        {
            db.Add(record);
            await db.SaveChangesAsync();
        });
        return record;
    }

    private static int TitleId(string name)
    {
        var index = Title.Standard.ToList().FindIndex(standard => string.Equals(standard, name, StringComparison.OrdinalIgnoreCase));
        return index >= 0 ? index + 1 : throw new ArgumentException($"'{name}' is not a standard title.", nameof(name));
    }
}
