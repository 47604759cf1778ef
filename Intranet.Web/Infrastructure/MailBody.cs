using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace Intranet.Web.Infrastructure;

/// <summary>Renders the HTML part of a mail from a view, with or without a request around it. No layout is applied.</summary>
public sealed class MailBody(IRazorViewEngine views, ITempDataProvider tempData, IServiceProvider services)
{
    /// <param name="path">The view's path from the project, such as "/Pages/Admin/Mail/TestMail.cshtml".</param>
    /// <param name="model">What the view shows.</param>
    /// <param name="cancellation">Stops before rendering starts.</param>
    /// <exception cref="InvalidOperationException">There is no such view.</exception>
    public async Task<string> RenderAsync<TModel>(string path, TModel model, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var found = views.GetView(null, path, isMainPage: false);
        found.EnsureSuccessful([]);
        var action = new ActionContext(new DefaultHttpContext { RequestServices = services }, new RouteData(), new ActionDescriptor());
        await using var html = new StringWriter();
        await found.View.RenderAsync(new ViewContext(
            action,
            found.View,
            new ViewDataDictionary<TModel>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = model },
            new TempDataDictionary(action.HttpContext, tempData),
            html,
            new HtmlHelperOptions()));
        return html.ToString();
    }
}
