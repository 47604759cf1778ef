using Intranet.Data.Mail;

namespace Intranet.Data.Directory;

/// <summary>A mailed answer to "who is the point of contact", with the steps it took.</summary>
public sealed class PocReport
{
    public Guid Id { get; init; } = Guid.NewGuid();
    public string? ProductName { get; init; }
    public string? RepositoryName { get; init; }
    public List<string> To { get; init; } = [];
    public List<string> Cc { get; init; } = [];
    public string? Message { get; init; }
    public DateTime CreatedAt { get; init; }
    public int CreatedById { get; init; }
    public string CreatedBy { get; init; } = "";

    public List<PocReportStep> Steps { get; } = [];

    /// <summary>The mail, once there is one; its state is the state of the last step.</summary>
    public int? OutboxMessageId { get; private set; }
    public OutboxMessage? OutboxMessage { get; set; }
}

public sealed class PocReportStep
{
    public Guid ReportId { get; private set; }

    /// <summary>1 query, 2 workbook, 3 mail.</summary>
    public int Position { get; init; }
    public string Name { get; init; } = "";
    public StepState State { get; set; }

    /// <summary>What came of it, in words.</summary>
    public string Detail { get; set; } = "";
    public int Milliseconds { get; set; }
}

public enum StepState
{
    Waiting = 0,
    Done = 1,
    Failed = 2,
    Skipped = 3,
}
