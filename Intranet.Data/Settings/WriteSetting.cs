using Microsoft.EntityFrameworkCore;

namespace Intranet.Data.Settings;

public static class WriteSetting
{
    /// <summary>Writes what the app keeps for itself, at once, past audit and the changes that wait to be saved.</summary>
    internal static async Task WriteSettingAsync(this IntranetDbContext db, string name, string value, CancellationToken cancellation)
    {
        if (await db.Settings.Where(setting => setting.Name == name).ExecuteUpdateAsync(set => set.SetProperty(setting => setting.Value, value), cancellation) == 0)
            await db.InsertManyAsync([new Setting { Name = name, Value = value }], cancellation);
    }
}
