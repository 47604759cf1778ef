namespace Intranet.Web.Infrastructure;

/// <summary>A file can't be taken as it is. The message is for whoever sent it: what is wrong, and what to do.</summary>
public sealed class UnreadableFileException(string message, Exception? inner = null) : Exception(message, inner);
