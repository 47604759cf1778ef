namespace Intranet.Tests.Support;

public static class Check
{
    /// <summary>Fails with all the problems found, one a line; xunit's own message shows only the first few.</summary>
    public static void None(IEnumerable<string> problems)
    {
        var all = problems.ToList();
        if (all.Count > 0)
            Assert.Fail($"{all.Count} problems:\n{string.Join('\n', all)}");
    }
}
