using Intranet.Data;
using Intranet.Data.Leads;
using Intranet.Tests.Leads;
using Microsoft.EntityFrameworkCore;

namespace Intranet.Tests.Providers.Sqlite;

/// <summary>What pages of leads ask all day is answered by an index, in its order where the list has one.</summary>
public sealed class LeadPlanTests(LeadPlanTests.WatchedApp app) : IClassFixture<LeadPlanTests.WatchedApp>
{
    private static readonly DateTime Now = new(2030, 5, 15, 10, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly Today = new(2030, 5, 15);

    private static readonly LeadViewer Karl = new(3, IsKam: true, IsSalesLead: false, TeamCanSee: true);

    public static TheoryData<string> Names => [.. Questions.Keys];

    // What is asked, the index it is answered by, and whether that order is the list's.
    private static readonly Dictionary<string, (Func<IntranetDbContext, IQueryable<object>> Ask, string Index, bool IsOrdered)> Questions = new()
    {
        ["due of one KAM"] = (db => db.Leads.Where(lead => lead.OwnerId == 3).Due(Now).OrderBy(lead => lead.DueAt).Take(50), "IX_Leads_Queue", true),
        ["due of all"] = (db => db.Leads.VisibleTo(Karl).Due(Now).OrderBy(lead => lead.DueAt).Take(50), "IX_Leads_ByDue", true),
        ["overdue"] = (db => db.Leads.VisibleTo(Karl).Overdue(Now).OrderBy(lead => lead.OverdueAt).Take(50), "IX_Leads_OverdueAt", true),
        ["past their maximum"] = (db => db.Leads.Where(lead => lead.PastMaximumAt <= Now).OrderBy(lead => lead.PastMaximumAt).Take(50), "IX_Leads_PastMaximumAt", true),
        ["all by name"] = (db => db.Leads.Current().VisibleTo(Karl).OrderBy(lead => lead.SearchKey).ThenBy(lead => lead.Id).Take(50), "IX_Leads_ByName", true),
        ["one KAM's by name"] = (db => db.Leads.Current().Where(lead => lead.OwnerId == 3).OrderBy(lead => lead.SearchKey).ThenBy(lead => lead.Id).Take(50), "IX_Leads_OwnerId_SearchKey_Id_DeletedAt", true),
        ["all by change"] = (db => db.Leads.Current().OrderByDescending(lead => lead.UpdatedAt).ThenByDescending(lead => lead.Id).Take(50), "IX_Leads_UpdatedAt_Id_DeletedAt", true),
        ["a column of the board"] = (db => db.Leads.Current().Where(lead => lead.Stage == Stage.Qualified).OrderByDescending(lead => lead.UpdatedAt).ThenByDescending(lead => lead.Id).Take(50), "IX_Leads_Stage_UpdatedAt_Id_DeletedAt", true),
        ["a column of one KAM's board"] = (db => db.Leads.Current().Where(lead => lead.OwnerId == 3 && lead.Stage == Stage.Qualified).OrderByDescending(lead => lead.UpdatedAt).ThenByDescending(lead => lead.Id).Take(50), "IX_Leads_OwnerId_Stage_UpdatedAt_Id_DeletedAt", true),
        ["sums of one KAM's board"] = (db => db.LeadTotals.Where(total => total.OwnerId == 3).GroupBy(total => new { total.Stage, total.Currency }).Select(group => new { group.Key, Count = group.Sum(total => total.Leads), Sum = group.Sum(total => total.Value) }), "USING PRIMARY KEY (OwnerId=?)", true),
        ["how many are due"] = (db => db.DueTotals.Where(total => total.DueAt <= Now), "USING PRIMARY KEY (DueAt<?)", true),
        ["how many of one owner's leads have each label"] = (db => db.LabelTotals.Where(total => total.OwnerId == 3).GroupBy(total => new { total.Label, total.IsSlipping }).Select(group => new { group.Key, Leads = group.Sum(total => total.Leads) }), "USING PRIMARY KEY (OwnerId=?)", true),
        ["what all KAMs did in a period"] = (db => db.KamDays.Where(day => day.Day >= Today.AddDays(-90) && day.Day <= Today), "USING PRIMARY KEY (Day>? AND Day<?)", false),
        ["a list in the order of names"] = (db => db.Leads.Current().On(PerformanceList.Under).OrderBy(lead => lead.SearchKey).ThenBy(lead => lead.Id).Take(50), "IX_Leads_Label_SearchKey", true),
        ["found by a word"] = (db => db.Leads.Current().Matching(db, "anna ber").OrderBy(lead => lead.SearchKey).Take(50), "LeadWords", false),
        ["timeline"] = (db => db.Interactions.Where(one => one.LeadId == 7).OrderByDescending(one => one.At).ThenByDescending(one => one.Id).Take(50), "IX_Interactions_LeadId_At", true),
        ["what a KAM did"] = (db => db.Interactions.Where(one => one.CreditedToId == 3 && one.At >= Now).OrderByDescending(one => one.At).Take(50), "IX_Interactions_CreditedToId_At", true),
        ["all timelines"] = (db => db.Interactions.OrderByDescending(one => one.At).ThenByDescending(one => one.Id).Take(50), "IX_Interactions_At", true),
        ["orders of a lead"] = (db => db.Interactions.Where(one => one.LeadId == 7 && one.OrderedOn >= Today).OrderBy(one => one.OrderedOn).Select(one => new { one.OrderedOn, one.OrderValue, one.Currency }), "COVERING INDEX IX_Interactions_OrdersOfLead", true),
        ["orders by day, KAM and currency"] = (db => db.Interactions.Where(one => one.OrderedOn >= Today.AddDays(-90)).GroupBy(one => new { one.OrderedOn, one.CreditedToId, one.Currency }).Select(group => new { group.Key, Orders = group.Count(), Revenue = group.Sum(one => one.OrderValue) }), "COVERING INDEX IX_Interactions_OrdersByDay", true),
        ["a KAM's orders since yesterday"] = (db => db.Interactions.Where(one => one.CreditedToId == 3 && one.OrderedOn >= Today.AddDays(-1)).GroupBy(one => one.Currency).Select(group => new { group.Key, Orders = group.Count(), Revenue = group.Sum(one => one.OrderValue) }), "COVERING INDEX IX_Interactions_OrdersOfKam", false),
        ["deleted"] = (db => db.Leads.Where(lead => lead.DeletedAt != null), "IX_Leads_DeletedAt", true),
        ["well-performing"] = (db => db.LeadPerformance.On(PerformanceList.Well).OrderByDescending(one => one.Revenue).Take(50), "IX_LeadPerformance_ListedAs_Revenue", true),
        ["slipping"] = (db => db.LeadPerformance.On(PerformanceList.Slipping).OrderByDescending(one => one.Revenue).Take(50), "IX_LeadPerformance_IsSlipping_Revenue", true),
        ["moves of a lead"] = (db => db.StageMoves.Where(move => move.LeadId == 7).OrderBy(move => move.At), "IX_StageMoves_LeadId_At", true),
        ["time in stage"] = (db => db.StageMoves.Where(move => move.At >= Now).Select(move => new { move.From, move.To, move.FromSince, move.At, move.LeadId }), "COVERING INDEX IX_StageMoves_At", false),
        ["owners of a lead"] = (db => db.OwnershipPeriods.Where(period => period.LeadId == 7).OrderBy(period => period.From), "IX_OwnershipPeriods_LeadId_From", true),
        ["what a KAM owned"] = (db => db.OwnershipPeriods.Where(period => period.OwnerId == 3).OrderBy(period => period.From), "IX_OwnershipPeriods_OwnerId_From_To_LeadId", true),
        ["pocs of a lead"] = (db => db.Pocs.Where(poc => poc.LeadId == 7).Select(poc => new { poc.Role, poc.Contact!.GivenName }), "IX_Pocs_LeadId", false),
        ["leads of a person"] = (db => db.Pocs.Where(poc => poc.ContactId == 7), "IX_Pocs_ContactId", false),
        ["imported lead"] = (db => db.Leads.Where(lead => lead.ExternalId == "7"), "IX_Leads_ExternalId", false),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_answered_by_its_index(string name)
    {
        Assert.SkipUnless(TestDatabase.Server is null, "These are SQLite's plans.");
        var (ask, index, isOrdered) = Questions[name];

        var seen = await app.Statements.DuringAsync(() => app.Database(async db => _ = await ask(db).ToListAsync(TestContext.Current.CancellationToken)));

        var plan = Assert.Single(seen).Plan;
        Assert.Contains(plan, step => step.Contains(index, StringComparison.Ordinal));
        // Lists of everything are read in the order of their index, as far as the page goes.
        Assert.DoesNotContain(plan, step => (step.StartsWith("SCAN ", StringComparison.Ordinal) && !(isOrdered && step.Contains(index, StringComparison.Ordinal))) || (isOrdered && step.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("", "IX_Leads_ByName")]
    [InlineData("?after=5~b", "IX_Leads_ByName (SearchKey>?)")]
    [InlineData("?owner=me", "IX_Leads_OwnerId_SearchKey")]
    [InlineData("?stage=New", "IX_Leads_Stage_SearchKey")]
    [InlineData("?label=under", "IX_Leads_Label_SearchKey")]
    [InlineData("?label=under&stage=New", "IX_Leads_Label_Stage_SearchKey")]
    [InlineData("?label=slipping&stage=New", "IX_Leads_IsSlipping_SearchKey")]
    [InlineData("?owner=me&stage=New&label=under", "IX_Leads_OwnerId_SearchKey")]
    [InlineData("?place=Ber&stage=New&label=under", "IX_Leads_CityKey_SearchKey_Id_DeletedAt_OwnerId_Stage_Label_IsSlipping (CityKey=?)")]
    [InlineData("?place=B&stage=New&label=under", "IX_Leads_CityKey_SearchKey_Id_DeletedAt_OwnerId_Stage_Label_IsSlipping (CityKey>? AND CityKey<?)", true)]
    [InlineData("?place=Europe/Berlin&stage=New&label=under", "IX_Leads_ByName")]
    [InlineData("?source=fair&stage=New", "IX_Leads_ByName")]
    [InlineData("?q=olive", "IX_LeadWords_Word_SearchKey_LeadId (Word=?)")]
    [InlineData("?q=olive&after=5~b", "IX_LeadWords_Word_SearchKey_LeadId (Word=? AND SearchKey>?)")]
    [InlineData("?q=olive+gold&stage=New&label=under", "IX_LeadWords_Word_SearchKey_LeadId (Word=?)")]
    [InlineData("?q=o", "IX_LeadWords_Word_SearchKey_LeadId (Word>? AND Word<?)", true)]
    [InlineData("?q=olive&owner=me", "IX_Leads_OwnerId_SearchKey")]
    [InlineData("?q=olive&place=Ber", "IX_Leads_CityKey_SearchKey")]
    [InlineData("?sort=value", "IX_Leads_ExpectedValue_Id")]
    [InlineData("?sort=due&descending=true", "IX_Leads_ByDue")]
    [InlineData("?sort=due&due=due", "IX_Leads_ByDue")]
    [InlineData("?due=overdue", "IX_Leads_OverdueAt", true)]
    [InlineData("?due=late", "IX_Leads_PastMaximumAt", true)]
    [InlineData("?due=due", "IX_Leads_ByDue", true)]
    [InlineData("?sort=owner", "IX_Leads_OwnerId_SearchKey_Id_DeletedAt_Stage_Label_IsSlipping (OwnerId=?)")]
    [InlineData("?sort=stage", "IX_Leads_Stage_Id")]
    [InlineData("?sort=updated&descending=true", "IX_Leads_UpdatedAt_Id")]
    public async Task The_list_is_found_by_what_is_few_and_read_in_its_order(string question, string index, bool isSorted = false)
    {
        Assert.SkipUnless(TestDatabase.Server is null, "These are SQLite's plans.");
        // Olive is one word, and o begins two.
        await app.Lead("Olive Golden", Cast.SalesLead);
        await app.Lead("Orange", Cast.SalesLead);
        // B begins two cities, and Ber one.
        await app.Lead("Orange", Cast.SalesLead, city: "Bonn");
        using var client = await app.SignedInAs(Cast.SalesLead);

        var seen = await app.Statements.DuringAsync(async () => (await client.PageAsync($"/leads{question}")).MustBeOk());

        // The ids of the page: the first question of them, and with a beginning of its own the last.
        var page = seen.Last(statement => statement.Sql.Contains("LIMIT", StringComparison.Ordinal) && statement.Sql.Contains("ORDER BY", StringComparison.Ordinal) && statement.Plan.Any(step => step.Contains("IX_Lead", StringComparison.Ordinal)) && statement.Sql.StartsWith("SELECT \"", StringComparison.Ordinal) && !statement.Sql.Contains("\"NextStep\"", StringComparison.Ordinal));
        var plan = $"{page.Sql}\n  {string.Join("\n  ", page.Plan)}";
        Assert.True(page.Plan.Any(step => step.Contains(index, StringComparison.Ordinal)), plan);
        Assert.False(page.Plan.Any(step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !step.Contains(index, StringComparison.Ordinal) && !page.Plan.Contains($"CO-ROUTINE {step[5..]}")), plan);
        Assert.False(!isSorted && page.Plan.Any(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal)), plan);
    }

    [Theory]
    [InlineData("/api/leads/", "LeadTotals")]
    [InlineData("/api/leads/?q=olive", "COVERING INDEX sqlite_autoindex_LeadWords_1 (Word=?)")]
    [InlineData("/api/leads/due_today", "DueTotals")]
    [InlineData("/api/performance/underperforming", "LabelTotals")]
    public async Task The_API_counts_what_is_summed_up_or_found_by_words_and_no_leads(string address, string by)
    {
        Assert.SkipUnless(TestDatabase.Server is null, "These are SQLite's plans.");
        await app.Lead("Olive Golden", Cast.SalesLead);
        using var client = await app.SignedInAs(Cast.SalesLead);

        var seen = await app.Statements.DuringAsync(async () => (await client.PageAsync(address)).MustBeOk());

        var counts = seen.Where(statement => statement.Sql.StartsWith("SELECT COUNT(", StringComparison.Ordinal) || statement.Sql.StartsWith("SELECT COALESCE(SUM(", StringComparison.Ordinal)).Where(statement => !statement.Sql.Contains("LIMIT", StringComparison.Ordinal)).ToList();
        var count = Assert.Single(counts);
        var plan = $"{count.Sql}\n  {string.Join("\n  ", count.Plan)}";
        Assert.Contains(by, plan, StringComparison.Ordinal);
        // The few that are deleted are left out, and no others are looked at.
        Assert.False(count.Plan.Any(step => step.Contains("INTEGER PRIMARY KEY", StringComparison.Ordinal) || (step.Contains("IX_Leads_", StringComparison.Ordinal) && !step.Contains("IX_Leads_DeletedAt", StringComparison.Ordinal))), plan);
    }

    [Theory]
    [InlineData("?sort=owner")]
    [InlineData("?sort=owner&descending=true")]
    [InlineData("?sort=owner&stage=New&label=under")]
    [InlineData("?sort=owner&label=slipping")]
    [InlineData("?sort=owner&after=9~3~a")]
    [InlineData("?sort=owner&before=9~3~a")]
    public async Task By_owner_people_are_walked_by_name_and_their_leads_by_theirs(string question)
    {
        Assert.SkipUnless(TestDatabase.Server is null, "These are SQLite's plans.");
        using var client = await app.SignedInAs(Cast.SalesLead);

        var seen = await app.Statements.DuringAsync(async () => (await client.PageAsync($"/leads{question}")).MustBeOk());

        var walks = seen.Where(statement => statement.Sql.Contains("ORDER BY \"u\".\"DisplayName\"", StringComparison.Ordinal) && statement.Sql.Contains("LIMIT", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(walks);
        Assert.All(walks, walk => Assert.Collection(walk.Plan,
            step => Assert.Contains("u USING COVERING INDEX IX_Users_DisplayName", step, StringComparison.Ordinal),
            step => Assert.StartsWith("SEARCH l USING COVERING INDEX IX_Leads_OwnerId_SearchKey_Id_DeletedAt_Stage_Label_IsSlipping (OwnerId=?)", step, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Writing_down_a_call_reads_by_index_and_asks_the_same_however_long_the_timeline_is()
    {
        var lead = await app.Lead(interval: 14);
        await app.Logged(lead);

        var first = await app.Statements.DuringAsync(() => app.Logged(lead));
        for (var i = 0; i < 20; i++)
            await app.Logged(lead, InteractionKind.Order, daysAgo: i);
        var later = await app.Statements.DuringAsync(() => app.Logged(lead));

        Assert.Equal(first.Count, later.Count);
        Check.None(later.SelectMany(statement => statement.Plan.Where(step => step.StartsWith("SCAN ", StringComparison.Ordinal) && !statement.Sql.Contains("\"Users\"", StringComparison.Ordinal)).Select(step => $"{step}\n{statement.Sql}")));
    }

    public sealed class WatchedApp : RunningApp
    {
        public WatchedApp() : this(new Statements())
        {
        }

        private WatchedApp(Statements statements) : base(options => options.Services = statements.Watch) => Statements = statements;

        public Statements Statements { get; }
    }
}
