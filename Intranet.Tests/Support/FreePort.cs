using System.Net;
using System.Net.Sockets;

namespace Intranet.Tests.Support;

internal static class FreePort
{
    // Below what the kernel gives to whoever asks for any port: nobody gets it while its process starts, or starts again.
    private static int last = 15_000 + (Environment.ProcessId % 1_000 * 10);

    /// <summary>A port of 127.0.0.1 that nobody listened on a moment ago; each is found once.</summary>
    internal static int Find()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Interlocked.Increment(ref last));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Somebody has it: the next one.
            }
        }
    }
}
