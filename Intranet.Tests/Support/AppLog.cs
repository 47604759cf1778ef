using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Intranet.Tests.Support;

/// <summary>What the app logged, as it would read on the console.</summary>
public sealed class AppLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> lines = new();

    public IReadOnlyList<LogLine> Lines => [.. lines];

    /// <summary>The errors so far, for messages of failed tests.</summary>
    public string Errors => string.Join('\n', lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text));

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(AppLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => log.lines.Enqueue(new LogLine(logLevel, category, formatter(state, exception) + (exception is null ? "" : "\n" + exception)));
    }
}

public sealed record LogLine(LogLevel Level, string Category, string Text);
