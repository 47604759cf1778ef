using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Intranet.Tests.Support.Browser))]

namespace Intranet.Tests.Support;

/// <summary>One real Chromium per test run; a fresh context (cookies, storage) per visit.</summary>
public sealed class Browser : IAsyncDisposable
{
    // Milliseconds; long, because only what is wrong takes them.
    private const int Patience = 60_000;
    private static readonly SemaphoreSlim Starting = new(1);

    /// <summary>Pages that axe is looking at: it styles elements inline, which the policy stops and the console tells.</summary>
    internal static readonly ConcurrentDictionary<IPage, byte> UnderAxe = new();
    private static IPlaywright? playwright;
    private static IBrowser? browser;

    /// <summary>
    /// Lets somebody use the app: <c>await Browser.VisitAsync(app, Cast.Steward, async page => …)</c>. Fails when the
    /// console showed an error or the Content-Security-Policy stopped something; when the steps fail, the message
    /// names a screenshot.
    /// </summary>
    /// <param name="phone">390 × 844 with touch instead of 1280 × 900.</param>
    /// <param name="script">False: as with JavaScript switched off.</param>
    /// <param name="tolerate">Parts of console errors that this visit causes on purpose. 422, the answer to invalid input, needs none.</param>
    public static async Task VisitAsync(
        RunningApp app, Person person, Func<IPage, Task> steps, bool dark = false, bool phone = false, bool script = true, params string[] tolerate)
        => await VisitAsync(app.Address, person == Cast.Stranger ? [] : Cookies(await app.SessionAsync(person)), steps, dark, phone, script, tolerate);

    /// <summary>The same for an app that runs as a process of its own; nobody is signed in.</summary>
    public static Task VisitAsync(AppProcess app, Func<IPage, Task> steps, params string[] tolerate)
        => VisitAsync(app.Address, [], steps, dark: false, phone: false, script: true, tolerate);

    private static async Task VisitAsync(Uri address, Cookie[] cookies, Func<IPage, Task> steps, bool dark, bool phone, bool script, string[] tolerate)
    {
        await using var context = await (await StartedAsync()).NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.ToString(),
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = phone ? new ViewportSize { Width = 390, Height = 844 } : new ViewportSize { Width = 1280, Height = 900 },
            HasTouch = phone,
            IsMobile = phone,
            JavaScriptEnabled = script,
            // The certificate is the test's own.
            IgnoreHTTPSErrors = true,
            Locale = "en-GB",
            TimezoneId = "Europe/Berlin",
            // Animations end at once: what is asserted or drawn is what stays.
            ReducedMotion = ReducedMotion.Reduce,
        });
        await context.AddCookiesAsync(cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = address.ToString() }));
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        if (address.Scheme == Uri.UriSchemeHttp)
            await context.SetExtraHTTPHeadersAsync(AppProcess.ProxyHeaders);
        var page = await context.NewPageAsync();
        var problems = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !(UnderAxe.ContainsKey(page) && message.Text.Contains("Content Security Policy", StringComparison.Ordinal)) && !message.Text.Contains("status of 422", StringComparison.Ordinal) && !tolerate.Any(part => message.Text.Contains(part, StringComparison.OrdinalIgnoreCase)))
                problems.Enqueue($"{message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => problems.Enqueue(error);
        try
        {
            await steps(page);
        }
        catch (Exception failure) when (failure is PlaywrightException or TimeoutException or Xunit.Sdk.XunitException)
        {
            var picture = Path.Combine(AppContext.BaseDirectory, "TestResults", $"{TestContext.Current.TestMethod?.MethodName ?? "visit"}-{Guid.NewGuid():N}.png");
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = picture, FullPage = true });
            throw new Xunit.Sdk.XunitException($"{failure.Message}\nAt {page.Url}; picture: {picture}\n{string.Join('\n', problems)}", failure);
        }

        Check.None(problems);
    }

    private static Cookie[] Cookies(System.Net.CookieContainer cookies)
        => [.. cookies.GetAllCookies().Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value })];

    private static async Task<IBrowser> StartedAsync()
    {
        await Starting.WaitAsync();
        try
        {
            if (browser is not null)
                return browser;
            var program = await Prerequisites.ChromiumAsync();
            playwright = await Playwright.CreateAsync();
            string[] quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
            return browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = program.Length == 0 ? null : program,
                // Chromium's sandbox refuses to run as root.
                Args = Environment.UserName == "root" ? [.. quiet, "--no-sandbox"] : quiet,
            });
        }
        finally
        {
            Starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
            await browser.CloseAsync();
        playwright?.Dispose();
    }
}

public static class BrowserChecks
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    /// <summary>
    /// Waits for the page at an address, "**" for anything, to be there whole. It looks again and again: Playwright's own waiting
    /// misses a page that comes between its look at the address and its beginning to listen.
    /// </summary>
    public static Task ArrivesAtAsync(this IPage page, string address)
        => page.ArrivesAtAsync(new Regex($"^{Regex.Escape(address).Replace("\\*\\*", ".*", StringComparison.Ordinal).Replace("\\*", "[^/]*", StringComparison.Ordinal)}$"));

    /// <inheritdoc cref="ArrivesAtAsync(IPage, string)"/>
    public static async Task ArrivesAtAsync(this IPage page, Regex address)
    {
        await Assertions.Expect(page).ToHaveURLAsync(address);
        await page.WaitForFunctionAsync("document.readyState === 'complete'");
    }

    /// <summary>Fails with one line per violation of WCAG 2.2 AA that axe finds on the page as it stands.</summary>
    public static async Task AxeAsync(this IPage page)
    {
        Browser.UnderAxe[page] = 0;
        var result = await page.RunAxe(Rules);
        Browser.UnderAxe.TryRemove(page, out _);
        Check.None(result.Violations.SelectMany(violation => violation.Nodes.Select(node
            => $"{violation.Id}: {violation.Help}: {node.Html}{Why(node)}")));

        static string Why(AxeResultNode node)
            => string.Concat(node.Any.Concat(node.All).Concat(node.None).Select(check => string.Create(CultureInfo.InvariantCulture, $"\n    {check.Message}")));
    }

    /// <summary>Fails when the page is wider than the window: it would scroll sideways.</summary>
    public static async Task FitsTheWidthAsync(this IPage page)
    {
        var excess = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(excess <= 0, $"{page.Url} is {excess} pixels wider than the window.");
    }
}
