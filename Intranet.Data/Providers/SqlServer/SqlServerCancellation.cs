using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Intranet.Data.Providers.SqlServer;

/// <summary>
/// A statement that is stopped while the server works on it ends with a failure of the server's, which looks like any other.
/// Whoever asked for the stop is told what every other method tells them: that it was cancelled.
/// </summary>
internal sealed class SqlServerCancellation : DbCommandInterceptor
{
    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }
}
