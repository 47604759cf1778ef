using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Options;

namespace Intranet.Web.Infrastructure;

/// <summary>A short message the next page shows once, with a way back where there is one.</summary>
public sealed record Toast(string Text, string? UndoUrl)
{
    private const string TextKey = "Toast";
    private const string UndoKey = "Toast.Undo";

    internal static void Put(HttpContext context, ITempDataDictionary tempData, string text, string? undoUrl)
    {
        context.Items[typeof(Toast)] = true;
        tempData[TextKey] = text;
        if (undoUrl is null) tempData.Remove(UndoKey);
        else tempData[UndoKey] = undoUrl;
    }

    /// <summary>The waiting toast, which is gone after this page; null when there is none.</summary>
    public static Toast? Take(HttpContext context, ITempDataDictionary tempData)
    {
        // Reading temp data makes the framework send its cookie again, also when there is nothing in it: look first.
        var cookie = context.RequestServices.GetRequiredService<IOptions<CookieTempDataProviderOptions>>().Value.Cookie.Name!;
        if (!context.Items.ContainsKey(typeof(Toast)) && !context.Request.Cookies.ContainsKey(cookie)) return null;
        return tempData[TextKey] is string text ? new Toast(text, tempData[UndoKey] as string) : null;
    }
}

/// <summary>Lets a page say what it did.</summary>
public static class ToastExtensions
{
    /// <summary>
    /// Shows a message on the next page (after the redirect). With <paramref name="undoUrl"/> it offers "Undo", which posts
    /// to that local address with an antiforgery token.
    /// </summary>
    public static void Toast(this PageModel page, string text, string? undoUrl = null) =>
        Infrastructure.Toast.Put(page.HttpContext, page.TempData, text, undoUrl);
}
