using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Intranet.Data.Accounts;

internal sealed class UserMapping : IEntityTypeConfiguration<User>
{
    public void Configure(EntityTypeBuilder<User> user)
    {
        user.Property(u => u.DisplayName).HasMaxLength(200);
        // Leads in the order of their owners.
        user.HasIndex(u => u.DisplayName);
        user.HasOne(u => u.Employee).WithMany().HasForeignKey(u => u.EmployeeId);
        user.ToTable("Users");
    }
}

internal sealed class RoleMapping : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> role)
    {
        role.ToTable("Roles");
        // Fixed concurrency stamps: a changing one would make every build look like a pending migration.
        role.HasData(Role.All.Select((name, i) => new Role(name)
        {
            Id = i + 1,
            NormalizedName = name.ToUpperInvariant(),
            ConcurrencyStamp = $"00000000-0000-0000-0000-00000000000{i + 1}",
        }));
    }
}

// Shorter than Identity's 450 characters: SQL Server refuses index keys over 900 bytes.
internal sealed class UserLoginMapping : IEntityTypeConfiguration<IdentityUserLogin<int>>
{
    public void Configure(EntityTypeBuilder<IdentityUserLogin<int>> login)
    {
        login.ToTable("UserLogins");
        login.Property(l => l.LoginProvider).HasMaxLength(128);
        login.Property(l => l.ProviderKey).HasMaxLength(256);
    }
}

internal sealed class UserTokenMapping : IEntityTypeConfiguration<IdentityUserToken<int>>
{
    public void Configure(EntityTypeBuilder<IdentityUserToken<int>> token)
    {
        token.ToTable("UserTokens");
        token.Property(t => t.LoginProvider).HasMaxLength(128);
        token.Property(t => t.Name).HasMaxLength(128);
    }
}

internal sealed class DataProtectionKeyMapping : IEntityTypeConfiguration<DataProtectionKey>
{
    public void Configure(EntityTypeBuilder<DataProtectionKey> key)
    {
        key.Property(k => k.FriendlyName).HasMaxLength(200);
        key.HasIndex(k => k.FriendlyName).IsUnique();
    }
}
