using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Intranet.Tests.Infrastructure;

/// <summary>What the compiler doesn't know about this house.</summary>
public sealed class HouseRuleTests
{
    [Theory]
    [InlineData(@"DateTime(Offset)?\.(Now|UtcNow|Today)\b", "Time comes from TimeProvider.")]
    [InlineData(@"Thread\.Sleep", "Nothing waits by sleeping.")]
    [InlineData(@"catch\s*(\([^)]*\))?\s*(when\s*\([^{]*\))?\s*\{\s*\}", "No failure is swallowed without a word why.")]
    [InlineData(@"\bTODO\b|\bFIXME\b|NotImplementedException", "Nothing is left for later.")]
    [InlineData(@"class \w+(Service|(?<!Session)Manager|(?<!Tag)Helper|Mediator|UnitOfWork)\b", "No class is a service, manager or helper, but where the framework names it so.")]
    public void Code_does_not(string pattern, string because) => None("*.cs", new Regex(pattern), because, "Intranet.Web", "Intranet.Data");

    [Fact]
    public void Nothing_blocks_on_a_task()
        => None("*.cs", new Regex(@"\.Wait\(\)|GetAwaiter\(\)\.GetResult"), "Await it.",
            // The framework asks for the key ring through a synchronous interface.
            file => !file.EndsWith("/KeyRing.cs", StringComparison.Ordinal), "Intranet.Web", "Intranet.Data");

    [Theory]
    [InlineData(@"\sstyle\s*=", "Inline styles are stopped by the Content-Security-Policy.")]
    [InlineData(@"\son[a-z]+\s*=\s*[""']", "Inline handlers are stopped by the Content-Security-Policy.")]
    [InlineData(@"<script(?![^>]*\bsrc\b)", "Inline scripts are stopped by the Content-Security-Policy.")]
    [InlineData(@"<style\b", "Inline styles are stopped by the Content-Security-Policy.")]
    [InlineData(@"javascript:", "Inline scripts are stopped by the Content-Security-Policy.")]
    [InlineData(@"(src|href)\s*=\s*""(https?:)?//", "Everything is served by the app itself.")]
    [InlineData(@"Html\.Raw", "Output is encoded.")]
    [InlineData(@"hx-trigger=""[^""]*from:(find|closest|next|previous) ", "htmx reads one word after from:, so that this listens to nothing; write target:select.")]
    [InlineData(@"hx-on", "htmx would evaluate it, which the Content-Security-Policy stops.")]
    public void Pages_do_not(string pattern, string because) => None("*.cshtml", new Regex(pattern, RegexOptions.IgnoreCase), because, "Intranet.Web");

    [Theory]
    [InlineData(@"using (Microsoft\.AspNetCore\.(Mvc|Http|Builder|Routing|Components)|Quartz|System\.Net\.Mail|Intranet\.Web)\b", "Data knows no web, jobs or mail.")]
    public void Data_does_not(string pattern, string because) => None("*.cs", new Regex(pattern), because, "Intranet.Data");

    [Fact]
    public void Only_Providers_know_which_database_it_is()
        => None("*.cs", new Regex(@"Microsoft\.Data\.(Sqlite|SqlClient)|\bIs(Sqlite|SqlServer)\(|Sqlite(Exception|Connection)|Sql(Exception|Connection)\b"), "Ask an abstract method of IntranetDbContext.",
            file => !file.Contains("/Providers/", StringComparison.Ordinal) && !file.EndsWith("DatabaseRegistration.cs", StringComparison.Ordinal), "Intranet.Data", "Intranet.Web");

    [Fact]
    public void No_secret_lies_in_the_configuration_that_is_checked_in()
        => None("appsettings*.json", new Regex(@"(password|secret|token)""\s*:\s*""[^""]", RegexOptions.IgnoreCase), "Secrets come from the environment.", "Intranet.Web");

    [Fact]
    public void Every_version_stands_in_one_file()
        => Check.None(System.IO.Directory.EnumerateFiles(TestFolders.Root, "*.csproj", SearchOption.AllDirectories).Where(IsOurs)
            .SelectMany(file => XDocument.Load(file).Descendants("PackageReference").Where(reference => reference.Attribute("Version") is not null)
                .Select(reference => $"{Path.GetFileName(file)}: {reference.Attribute("Include")?.Value} has a version of its own.")));

    [Fact]
    public void The_rules_can_fail()
        => Assert.Throws<Xunit.Sdk.FailException>(() => None("*.cs", new Regex("public static class Access"), "shown here", "Intranet.Web"));

    private static void None(string files, Regex pattern, string because, params string[] projects) => None(files, pattern, because, _ => true, projects);

    private static void None(string files, Regex pattern, string because, Func<string, bool> applies, params string[] projects)
        => Check.None(projects.SelectMany(project => System.IO.Directory.EnumerateFiles(Path.Combine(TestFolders.Root, project), files, SearchOption.AllDirectories))
            .Where(IsOurs).Where(applies)
            .SelectMany(file => Found(file, File.ReadAllText(file), pattern)).Select(found => $"{found}. {because}"));

    private static IEnumerable<string> Found(string file, string text, Regex pattern)
        => pattern.Matches(text).Select(match => $"{Path.GetRelativePath(TestFolders.Root, file)}:{text[..match.Index].Count(letter => letter == '\n') + 1}: '{match.Value.Trim()}'");

    private static bool IsOurs(string file)
        => !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/Migrations/", StringComparison.Ordinal)
            && !file.Contains("/node_modules/", StringComparison.Ordinal);
}
