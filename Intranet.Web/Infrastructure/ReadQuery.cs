using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;

namespace Intranet.Web.Infrastructure;

/// <summary>Reads a query string into what a page binds it to, by the same binder and the same rules, without a request.</summary>
public sealed class ReadQuery(ParameterBinder parameters, IModelBinderFactory binders, IModelMetadataProvider metadata, IServiceProvider services)
{
    /// <param name="query">Without its question mark.</param>
    /// <returns>What was read, and what is wrong with it; null when nothing is.</returns>
    public async Task<(T Read, string? Problem)> RunAsync<T>(string query) where T : class, new()
    {
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.QueryString = new QueryString("?" + query);
        var action = new ActionContext(http, new RouteData(), new ActionDescriptor());
        var type = metadata.GetMetadataForType(typeof(T));
        var binding = new BindingInfo { BindingSource = BindingSource.Query };
        var binder = binders.CreateBinder(new ModelBinderFactoryContext { Metadata = type, BindingInfo = binding, CacheToken = typeof(T) });
        var values = new QueryStringValueProvider(BindingSource.Query, http.Request.Query, CultureInfo.InvariantCulture);
        var result = await parameters.BindModelAsync(action, binder, values, new ParameterDescriptor { Name = "", ParameterType = typeof(T), BindingInfo = binding }, type, value: null);
        var problem = action.ModelState.Values.SelectMany(value => value.Errors).Select(error => error.ErrorMessage).FirstOrDefault();
        return (result.Model as T ?? new T(), action.ModelState.ValidationState == ModelValidationState.Invalid ? problem ?? "The address of the list can't be read." : null);
    }
}
