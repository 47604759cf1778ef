CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

CREATE TABLE "AuditEntries" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AuditEntries" PRIMARY KEY AUTOINCREMENT,
    "At" TEXT NOT NULL,
    "Actor" TEXT NOT NULL,
    "Address" TEXT NULL,
    "Action" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "SubjectId" INTEGER NULL,
    "Details" TEXT NULL
);

CREATE TABLE "DataProtectionKeys" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_DataProtectionKeys" PRIMARY KEY AUTOINCREMENT,
    "FriendlyName" TEXT NOT NULL,
    "Xml" TEXT NOT NULL
);

CREATE TABLE "Imports" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Imports" PRIMARY KEY AUTOINCREMENT,
    "Kind" TEXT NOT NULL,
    "FileName" TEXT NOT NULL,
    "StoredName" TEXT NOT NULL,
    "CreatedBy" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "Headers" TEXT NOT NULL,
    "Fields" TEXT NOT NULL,
    "NewRows" INTEGER NOT NULL,
    "UpdatedRows" INTEGER NOT NULL,
    "SameRows" INTEGER NOT NULL,
    "ErrorRows" INTEGER NOT NULL,
    "Warnings" TEXT NOT NULL,
    "Progress" INTEGER NOT NULL,
    "Total" INTEGER NULL,
    "AliveAt" TEXT NULL,
    "AppliedAt" TEXT NULL,
    "AppliedBy" TEXT NULL,
    "Error" TEXT NULL,
    "Version" TEXT NOT NULL
);

CREATE TABLE "JobRuns" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_JobRuns" PRIMARY KEY AUTOINCREMENT,
    "Job" TEXT NOT NULL,
    "StartedAt" TEXT NOT NULL,
    "FinishedAt" TEXT NULL,
    "Result" INTEGER NOT NULL,
    "Summary" TEXT NULL,
    "Error" TEXT NULL,
    "StartedBy" TEXT NOT NULL
);

CREATE TABLE "Locations" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Locations" PRIMARY KEY AUTOINCREMENT,
    "LocationCode" TEXT NOT NULL,
    "LocationCodeKey" TEXT NOT NULL,
    "City" TEXT NOT NULL,
    "Region" TEXT NOT NULL,
    "Country" TEXT NOT NULL,
    "TimeZone" TEXT NOT NULL,
    "WorkdayStart" TEXT NOT NULL,
    "WorkdayEnd" TEXT NOT NULL,
    "Workdays" INTEGER NOT NULL,
    "Version" TEXT NOT NULL
);

CREATE TABLE "OutboxMessages" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_OutboxMessages" PRIMARY KEY AUTOINCREMENT,
    "MessageId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "To" TEXT NOT NULL,
    "Cc" TEXT NOT NULL,
    "ReplyTo" TEXT NULL,
    "Subject" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Html" TEXT NOT NULL,
    "ListUnsubscribe" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    "CreatedBy" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "DueAt" TEXT NOT NULL,
    "ClaimedAt" TEXT NULL,
    "Claim" TEXT NULL,
    "SentAt" TEXT NULL,
    "LastError" TEXT NULL,
    "Delivered" TEXT NOT NULL
);

CREATE TABLE "Products" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Products" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "NameKey" TEXT NOT NULL,
    "Description" TEXT NOT NULL,
    "ChatChannel" TEXT NOT NULL,
    "Stakeholders" TEXT NOT NULL,
    "Version" TEXT NOT NULL
);

CREATE TABLE "Roles" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Roles" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NULL,
    "NormalizedName" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL
);

CREATE TABLE "SearchWords" (
    "Kind" INTEGER NOT NULL,
    "Word" TEXT NOT NULL,
    "TargetId" INTEGER NOT NULL,
    CONSTRAINT "PK_SearchWords" PRIMARY KEY ("Kind", "Word", "TargetId")
);

CREATE TABLE "Settings" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_Settings" PRIMARY KEY,
    "Value" TEXT NOT NULL
);

CREATE TABLE "SpellingVariants" (
    "Variant" TEXT NOT NULL,
    "Word" TEXT NOT NULL,
    CONSTRAINT "PK_SpellingVariants" PRIMARY KEY ("Variant", "Word")
);

CREATE TABLE "Titles" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Titles" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "NameKey" TEXT NOT NULL
);

CREATE TABLE "ImportRows" (
    "ImportId" INTEGER NOT NULL,
    "Line" INTEGER NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Label" TEXT NOT NULL,
    "Changes" TEXT NULL,
    "Column" TEXT NULL,
    "Raw" TEXT NULL,
    "Problem" TEXT NULL,
    CONSTRAINT "PK_ImportRows" PRIMARY KEY ("ImportId", "Line"),
    CONSTRAINT "FK_ImportRows_Imports_ImportId" FOREIGN KEY ("ImportId") REFERENCES "Imports" ("Id") ON DELETE CASCADE
);

CREATE TABLE "OutboxAttachments" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_OutboxAttachments" PRIMARY KEY AUTOINCREMENT,
    "MessageId" INTEGER NOT NULL,
    "FileName" TEXT NOT NULL,
    "ContentType" TEXT NOT NULL,
    "Content" BLOB NOT NULL,
    CONSTRAINT "FK_OutboxAttachments_OutboxMessages_MessageId" FOREIGN KEY ("MessageId") REFERENCES "OutboxMessages" ("Id") ON DELETE CASCADE
);

CREATE TABLE "PocReports" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_PocReports" PRIMARY KEY,
    "ProductName" TEXT NULL,
    "RepositoryName" TEXT NULL,
    "To" TEXT NOT NULL,
    "Cc" TEXT NOT NULL,
    "Message" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    "CreatedById" INTEGER NOT NULL,
    "CreatedBy" TEXT NOT NULL,
    "OutboxMessageId" INTEGER NULL,
    CONSTRAINT "FK_PocReports_OutboxMessages_OutboxMessageId" FOREIGN KEY ("OutboxMessageId") REFERENCES "OutboxMessages" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Repositories" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Repositories" PRIMARY KEY AUTOINCREMENT,
    "Name" TEXT NOT NULL,
    "NameKey" TEXT NOT NULL,
    "Description" TEXT NOT NULL,
    "ChatChannel" TEXT NOT NULL,
    "Stakeholders" TEXT NOT NULL,
    "ProductId" INTEGER NULL,
    "Version" TEXT NOT NULL,
    CONSTRAINT "FK_Repositories_Products_ProductId" FOREIGN KEY ("ProductId") REFERENCES "Products" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "RoleClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_RoleClaims" PRIMARY KEY AUTOINCREMENT,
    "RoleId" INTEGER NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_RoleClaims_Roles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "Roles" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Employees" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Employees" PRIMARY KEY AUTOINCREMENT,
    "EmpId" TEXT NOT NULL,
    "EmpIdKey" TEXT NOT NULL,
    "FirstName" TEXT NOT NULL,
    "FirstNameKey" TEXT NOT NULL,
    "LastName" TEXT NOT NULL,
    "LastNameKey" TEXT NOT NULL,
    "EmailId" TEXT NOT NULL,
    "EmailKey" TEXT NOT NULL,
    "ChatUserName" TEXT NOT NULL,
    "TitleId" INTEGER NULL,
    "OriginalTitle" TEXT NOT NULL,
    "LocationId" INTEGER NOT NULL,
    "ManagerEmpId" TEXT NULL,
    "LeftOn" TEXT NULL,
    "AwayFrom" TEXT NULL,
    "AwayUntil" TEXT NULL,
    "SubstituteId" INTEGER NULL,
    "Version" TEXT NOT NULL,
    CONSTRAINT "FK_Employees_Employees_SubstituteId" FOREIGN KEY ("SubstituteId") REFERENCES "Employees" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Employees_Locations_LocationId" FOREIGN KEY ("LocationId") REFERENCES "Locations" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Employees_Titles_TitleId" FOREIGN KEY ("TitleId") REFERENCES "Titles" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "TitleMappings" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_TitleMappings" PRIMARY KEY AUTOINCREMENT,
    "Original" TEXT NOT NULL,
    "OriginalKey" TEXT NOT NULL,
    "Position" INTEGER NOT NULL,
    "TitleId" INTEGER NOT NULL,
    CONSTRAINT "FK_TitleMappings_Titles_TitleId" FOREIGN KEY ("TitleId") REFERENCES "Titles" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "PocReportStep" (
    "ReportId" TEXT NOT NULL,
    "Position" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "Detail" TEXT NOT NULL,
    "Milliseconds" INTEGER NOT NULL,
    CONSTRAINT "PK_PocReportStep" PRIMARY KEY ("ReportId", "Position"),
    CONSTRAINT "FK_PocReportStep_PocReports_ReportId" FOREIGN KEY ("ReportId") REFERENCES "PocReports" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Assignments" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Assignments" PRIMARY KEY AUTOINCREMENT,
    "EmployeeId" INTEGER NOT NULL,
    "ProductId" INTEGER NULL,
    "RepositoryId" INTEGER NULL,
    "Role" INTEGER NOT NULL,
    "ConfirmedOn" TEXT NULL,
    "ConfirmedBy" TEXT NULL,
    "Version" TEXT NOT NULL,
    CONSTRAINT "CK_Assignments_Subject" CHECK ([ProductId] IS NOT NULL OR [RepositoryId] IS NOT NULL),
    CONSTRAINT "FK_Assignments_Employees_EmployeeId" FOREIGN KEY ("EmployeeId") REFERENCES "Employees" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Assignments_Products_ProductId" FOREIGN KEY ("ProductId") REFERENCES "Products" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Assignments_Repositories_RepositoryId" FOREIGN KEY ("RepositoryId") REFERENCES "Repositories" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Users" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Users" PRIMARY KEY AUTOINCREMENT,
    "DisplayName" TEXT NOT NULL,
    "EmployeeId" INTEGER NULL,
    "IsSample" INTEGER NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "UserName" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "Email" TEXT NULL,
    "NormalizedEmail" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "PhoneNumber" TEXT NULL,
    "PhoneNumberConfirmed" INTEGER NOT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL,
    "LockoutEnd" TEXT NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "AccessFailedCount" INTEGER NOT NULL,
    CONSTRAINT "FK_Users_Employees_EmployeeId" FOREIGN KEY ("EmployeeId") REFERENCES "Employees" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "UserClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_UserClaims" PRIMARY KEY AUTOINCREMENT,
    "UserId" INTEGER NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_UserClaims_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);

CREATE TABLE "UserLogins" (
    "LoginProvider" TEXT NOT NULL,
    "ProviderKey" TEXT NOT NULL,
    "ProviderDisplayName" TEXT NULL,
    "UserId" INTEGER NOT NULL,
    CONSTRAINT "PK_UserLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
    CONSTRAINT "FK_UserLogins_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);

CREATE TABLE "UserRoles" (
    "UserId" INTEGER NOT NULL,
    "RoleId" INTEGER NOT NULL,
    CONSTRAINT "PK_UserRoles" PRIMARY KEY ("UserId", "RoleId"),
    CONSTRAINT "FK_UserRoles_Roles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "Roles" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_UserRoles_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);

CREATE TABLE "UserTokens" (
    "UserId" INTEGER NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_UserTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
    CONSTRAINT "FK_UserTokens_Users_UserId" FOREIGN KEY ("UserId") REFERENCES "Users" ("Id") ON DELETE CASCADE
);

INSERT INTO "Roles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
VALUES (1, '00000000-0000-0000-0000-000000000001', 'employee', 'EMPLOYEE');
SELECT changes();

INSERT INTO "Roles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
VALUES (2, '00000000-0000-0000-0000-000000000002', 'steward', 'STEWARD');
SELECT changes();

INSERT INTO "Roles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
VALUES (3, '00000000-0000-0000-0000-000000000003', 'kam', 'KAM');
SELECT changes();

INSERT INTO "Roles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
VALUES (4, '00000000-0000-0000-0000-000000000004', 'sales lead', 'SALES LEAD');
SELECT changes();

INSERT INTO "Roles" ("Id", "ConcurrencyStamp", "Name", "NormalizedName")
VALUES (5, '00000000-0000-0000-0000-000000000005', 'administrator', 'ADMINISTRATOR');
SELECT changes();


INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (1, 'Software Engineer', 'software engineer');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (2, 'Backend Developer', 'backend developer');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (3, 'Frontend Developer', 'frontend developer');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (4, 'DevOps Engineer', 'devops engineer');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (5, 'Cloud Architect', 'cloud architect');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (6, 'Data Scientist', 'data scientist');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (7, 'Machine Learning Engineer', 'machine learning engineer');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (8, 'Database Administrator', 'database administrator');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (9, 'Full Stack Developer', 'full stack developer');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (10, 'Mobile App Developer', 'mobile app developer');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (11, 'Cybersecurity Analyst', 'cybersecurity analyst');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (12, 'QA Engineer', 'qa engineer');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (13, 'Product Manager', 'product manager');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (14, 'Systems Analyst', 'systems analyst');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (15, 'IT Support Specialist', 'it support specialist');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (16, 'Network Engineer', 'network engineer');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (17, 'UX/UI Designer', 'ux/ui designer');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (18, 'Technical Writer', 'technical writer');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (19, 'IT Project Manager', 'it project manager');
SELECT changes();

INSERT INTO "Titles" ("Id", "Name", "NameKey")
VALUES (20, 'AI Researcher', 'ai researcher');
SELECT changes();


CREATE UNIQUE INDEX "IX_Assignments_Both" ON "Assignments" ("EmployeeId", "ProductId", "RepositoryId") WHERE [ProductId] IS NOT NULL AND [RepositoryId] IS NOT NULL;

CREATE INDEX "IX_Assignments_EmployeeId" ON "Assignments" ("EmployeeId");

CREATE INDEX "IX_Assignments_ProductId_EmployeeId_Role" ON "Assignments" ("ProductId", "EmployeeId", "Role");

CREATE UNIQUE INDEX "IX_Assignments_ProductOnly" ON "Assignments" ("EmployeeId", "ProductId") WHERE [ProductId] IS NOT NULL AND [RepositoryId] IS NULL;

CREATE INDEX "IX_Assignments_RepositoryId_EmployeeId_Role" ON "Assignments" ("RepositoryId", "EmployeeId", "Role");

CREATE UNIQUE INDEX "IX_Assignments_RepositoryOnly" ON "Assignments" ("EmployeeId", "RepositoryId") WHERE [ProductId] IS NULL AND [RepositoryId] IS NOT NULL;

CREATE INDEX "IX_AuditEntries_At" ON "AuditEntries" ("At");

CREATE INDEX "IX_AuditEntries_Subject_SubjectId_Id" ON "AuditEntries" ("Subject", "SubjectId", "Id");

CREATE UNIQUE INDEX "IX_DataProtectionKeys_FriendlyName" ON "DataProtectionKeys" ("FriendlyName");

CREATE INDEX "IX_Employees_EmailKey" ON "Employees" ("EmailKey");

CREATE UNIQUE INDEX "IX_Employees_EmpIdKey" ON "Employees" ("EmpIdKey");

CREATE INDEX "IX_Employees_FirstNameKey_LastNameKey_EmpIdKey_LeftOn" ON "Employees" ("FirstNameKey", "LastNameKey", "EmpIdKey", "LeftOn");

CREATE INDEX "IX_Employees_LocationId_FirstNameKey_LastNameKey_EmpIdKey_LeftOn" ON "Employees" ("LocationId", "FirstNameKey", "LastNameKey", "EmpIdKey", "LeftOn");

CREATE INDEX "IX_Employees_SubstituteId" ON "Employees" ("SubstituteId");

CREATE INDEX "IX_Employees_TitleId_FirstNameKey_LastNameKey_EmpIdKey_LeftOn" ON "Employees" ("TitleId", "FirstNameKey", "LastNameKey", "EmpIdKey", "LeftOn");

CREATE INDEX "IX_ImportRows_ImportId_Kind_Line" ON "ImportRows" ("ImportId", "Kind", "Line");

CREATE INDEX "IX_Imports_CreatedAt" ON "Imports" ("CreatedAt");

CREATE INDEX "IX_Imports_State" ON "Imports" ("State");

CREATE INDEX "IX_JobRuns_Job_StartedAt" ON "JobRuns" ("Job", "StartedAt");

CREATE UNIQUE INDEX "IX_Locations_LocationCodeKey" ON "Locations" ("LocationCodeKey");

CREATE INDEX "IX_OutboxAttachments_MessageId" ON "OutboxAttachments" ("MessageId");

CREATE INDEX "IX_OutboxMessages_CreatedAt" ON "OutboxMessages" ("CreatedAt");

CREATE UNIQUE INDEX "IX_OutboxMessages_MessageId" ON "OutboxMessages" ("MessageId");

CREATE INDEX "IX_OutboxMessages_State_DueAt" ON "OutboxMessages" ("State", "DueAt");

CREATE INDEX "IX_PocReports_CreatedAt" ON "PocReports" ("CreatedAt");

CREATE INDEX "IX_PocReports_OutboxMessageId" ON "PocReports" ("OutboxMessageId");

CREATE UNIQUE INDEX "IX_Products_NameKey" ON "Products" ("NameKey");

CREATE UNIQUE INDEX "IX_Repositories_NameKey" ON "Repositories" ("NameKey");

CREATE INDEX "IX_Repositories_ProductId" ON "Repositories" ("ProductId");

CREATE INDEX "IX_RoleClaims_RoleId" ON "RoleClaims" ("RoleId");

CREATE UNIQUE INDEX "RoleNameIndex" ON "Roles" ("NormalizedName");

CREATE INDEX "IX_SearchWords_Kind_TargetId_Word" ON "SearchWords" ("Kind", "TargetId", "Word");

CREATE INDEX "IX_SpellingVariants_Word" ON "SpellingVariants" ("Word");

CREATE UNIQUE INDEX "IX_TitleMappings_OriginalKey" ON "TitleMappings" ("OriginalKey");

CREATE INDEX "IX_TitleMappings_TitleId" ON "TitleMappings" ("TitleId");

CREATE UNIQUE INDEX "IX_Titles_NameKey" ON "Titles" ("NameKey");

CREATE INDEX "IX_UserClaims_UserId" ON "UserClaims" ("UserId");

CREATE INDEX "IX_UserLogins_UserId" ON "UserLogins" ("UserId");

CREATE INDEX "IX_UserRoles_RoleId" ON "UserRoles" ("RoleId");

CREATE INDEX "EmailIndex" ON "Users" ("NormalizedEmail");

CREATE INDEX "IX_Users_EmployeeId" ON "Users" ("EmployeeId");

CREATE UNIQUE INDEX "UserNameIndex" ON "Users" ("NormalizedUserName");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261121120000_Initial', '10.0.14');

CREATE TABLE "Contacts" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Contacts" PRIMARY KEY AUTOINCREMENT,
    "Version" TEXT NOT NULL,
    "ExternalId" TEXT NULL,
    "Source" TEXT NOT NULL,
    "GivenName" TEXT NULL,
    "FamilyName" TEXT NULL,
    "FullName" TEXT NULL,
    "BirthDate" TEXT NULL,
    "Street" TEXT NULL,
    "City" TEXT NULL,
    "Postcode" TEXT NULL,
    "State" TEXT NULL,
    "Country" TEXT NULL,
    "Company" TEXT NULL,
    "JobTitle" TEXT NULL,
    "Email" TEXT NULL,
    "EmailKey" TEXT NULL,
    "Phone" TEXT NULL,
    "PhoneKey" TEXT NULL,
    "LinkedId" INTEGER NULL,
    "CreatedAt" TEXT NOT NULL,
    "UpdatedAt" TEXT NOT NULL,
    "DeletedAt" TEXT NULL,
    "ErasedAt" TEXT NULL,
    CONSTRAINT "FK_Contacts_Contacts_LinkedId" FOREIGN KEY ("LinkedId") REFERENCES "Contacts" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "GenericValues" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_GenericValues" PRIMARY KEY AUTOINCREMENT,
    "Kind" INTEGER NOT NULL,
    "ValueKey" TEXT NOT NULL,
    "AddedAt" TEXT NOT NULL,
    "AddedBy" TEXT NOT NULL
);

CREATE TABLE "DuplicatePairs" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_DuplicatePairs" PRIMARY KEY AUTOINCREMENT,
    "Version" TEXT NOT NULL,
    "FirstId" INTEGER NOT NULL,
    "SecondId" INTEGER NOT NULL,
    "Cause" INTEGER NOT NULL,
    "Probability" REAL NOT NULL,
    "Evidence" TEXT NULL,
    "State" INTEGER NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "DecidedAt" TEXT NULL,
    "DecidedBy" TEXT NULL,
    CONSTRAINT "FK_DuplicatePairs_Contacts_FirstId" FOREIGN KEY ("FirstId") REFERENCES "Contacts" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_DuplicatePairs_Contacts_SecondId" FOREIGN KEY ("SecondId") REFERENCES "Contacts" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "FieldChoices" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_FieldChoices" PRIMARY KEY AUTOINCREMENT,
    "ContactId" INTEGER NOT NULL,
    "Field" TEXT NOT NULL,
    "ChosenAt" TEXT NOT NULL,
    "ChosenBy" TEXT NOT NULL,
    CONSTRAINT "FK_FieldChoices_Contacts_ContactId" FOREIGN KEY ("ContactId") REFERENCES "Contacts" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Links" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Links" PRIMARY KEY AUTOINCREMENT,
    "Version" TEXT NOT NULL,
    "FirstId" INTEGER NOT NULL,
    "SecondId" INTEGER NOT NULL,
    "Reason" INTEGER NOT NULL,
    "Detail" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    "CreatedBy" TEXT NOT NULL,
    "CutAt" TEXT NULL,
    "CutBy" TEXT NULL,
    CONSTRAINT "FK_Links_Contacts_FirstId" FOREIGN KEY ("FirstId") REFERENCES "Contacts" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Links_Contacts_SecondId" FOREIGN KEY ("SecondId") REFERENCES "Contacts" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Separations" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Separations" PRIMARY KEY AUTOINCREMENT,
    "FirstId" INTEGER NOT NULL,
    "SecondId" INTEGER NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "CreatedBy" TEXT NOT NULL,
    CONSTRAINT "FK_Separations_Contacts_FirstId" FOREIGN KEY ("FirstId") REFERENCES "Contacts" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Separations_Contacts_SecondId" FOREIGN KEY ("SecondId") REFERENCES "Contacts" ("Id") ON DELETE RESTRICT
);

CREATE INDEX "IX_Contacts_EmailKey_LinkedId_DeletedAt" ON "Contacts" ("EmailKey", "LinkedId", "DeletedAt");

CREATE INDEX "IX_Contacts_ExternalId" ON "Contacts" ("ExternalId");

CREATE INDEX "IX_Contacts_LinkedId" ON "Contacts" ("LinkedId");

CREATE INDEX "IX_Contacts_PhoneKey_LinkedId_DeletedAt" ON "Contacts" ("PhoneKey", "LinkedId", "DeletedAt");

CREATE UNIQUE INDEX "IX_DuplicatePairs_FirstId_SecondId" ON "DuplicatePairs" ("FirstId", "SecondId");

CREATE INDEX "IX_DuplicatePairs_SecondId" ON "DuplicatePairs" ("SecondId");

CREATE INDEX "IX_DuplicatePairs_State_Probability" ON "DuplicatePairs" ("State", "Probability");

CREATE INDEX "IX_FieldChoices_ContactId_Field" ON "FieldChoices" ("ContactId", "Field");

CREATE UNIQUE INDEX "IX_GenericValues_Kind_ValueKey" ON "GenericValues" ("Kind", "ValueKey");

CREATE INDEX "IX_Links_FirstId_SecondId" ON "Links" ("FirstId", "SecondId");

CREATE INDEX "IX_Links_SecondId_FirstId" ON "Links" ("SecondId", "FirstId");

CREATE UNIQUE INDEX "IX_Separations_FirstId_SecondId" ON "Separations" ("FirstId", "SecondId");

CREATE INDEX "IX_Separations_SecondId" ON "Separations" ("SecondId");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123120000_Contacts', '10.0.14');

ALTER TABLE "JobRuns" ADD "CancelledBy" TEXT NULL;

ALTER TABLE "JobRuns" ADD "Percent" INTEGER NULL;

ALTER TABLE "JobRuns" ADD "Stage" TEXT NULL;

ALTER TABLE "FieldChoices" ADD "DecisionId" TEXT NULL;

ALTER TABLE "DuplicatePairs" ADD "ClaimedBy" TEXT NULL;

ALTER TABLE "DuplicatePairs" ADD "ClaimedUntil" TEXT NULL;

ALTER TABLE "DuplicatePairs" ADD "DecisionId" TEXT NULL;

ALTER TABLE "DuplicatePairs" ADD "LinkId" INTEGER NULL;

CREATE TABLE "ContactWords" (
    "Word" TEXT NOT NULL,
    "ContactId" INTEGER NOT NULL,
    CONSTRAINT "PK_ContactWords" PRIMARY KEY ("Word", "ContactId"),
    CONSTRAINT "FK_ContactWords_Contacts_ContactId" FOREIGN KEY ("ContactId") REFERENCES "Contacts" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "EstimatedModels" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_EstimatedModels" PRIMARY KEY AUTOINCREMENT,
    "EstimatedAt" TEXT NOT NULL,
    "Contacts" INTEGER NOT NULL,
    "Json" TEXT NOT NULL
);

CREATE INDEX "IX_FieldChoices_DecisionId" ON "FieldChoices" ("DecisionId");

CREATE INDEX "IX_DuplicatePairs_DecisionId" ON "DuplicatePairs" ("DecisionId");

CREATE INDEX "IX_ContactWords_ContactId" ON "ContactWords" ("ContactId");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125065609_Duplicates', '10.0.14');

ALTER TABLE "Contacts" ADD "BirthDateAsTyped" TEXT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125070459_BirthDateAsTyped', '10.0.14');

CREATE INDEX "IX_Contacts_UpdatedAt_Id" ON "Contacts" ("UpdatedAt", "Id");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125073157_ContactsByChange', '10.0.14');

ALTER TABLE "ImportRows" ADD "SubjectId" INTEGER NULL;

ALTER TABLE "DuplicatePairs" ADD "PutOffAt" TEXT NULL;

ALTER TABLE "DuplicatePairs" ADD "PutOffBy" TEXT NULL;

ALTER TABLE "DuplicatePairs" ADD "PutOffDecisionId" TEXT NULL;

ALTER TABLE "Contacts" ADD "ImportId" INTEGER NULL;

ALTER TABLE "Contacts" ADD "ImportLine" INTEGER NULL;

CREATE TABLE "AllowedMoves" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AllowedMoves" PRIMARY KEY AUTOINCREMENT,
    "From" INTEGER NOT NULL,
    "To" INTEGER NOT NULL
);

CREATE TABLE "Leads" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Leads" PRIMARY KEY AUTOINCREMENT,
    "Version" TEXT NOT NULL,
    "ExternalId" TEXT NULL,
    "Name" TEXT NOT NULL,
    "Address" TEXT NOT NULL,
    "City" TEXT NOT NULL,
    "SearchKey" TEXT NOT NULL,
    "TimeZone" TEXT NOT NULL,
    "OpeningHours" TEXT NULL,
    "Source" TEXT NULL,
    "ExpectedValue" INTEGER NULL,
    "Currency" TEXT NOT NULL,
    "NextStep" TEXT NULL,
    "IsMain" INTEGER NOT NULL,
    "Stage" INTEGER NOT NULL,
    "StageSince" TEXT NOT NULL,
    "OwnerId" INTEGER NULL,
    "CreatedAt" TEXT NOT NULL,
    "UpdatedAt" TEXT NOT NULL,
    "DeletedAt" TEXT NULL,
    "IntervalDays" INTEGER NULL,
    "MaximumDays" INTEGER NULL,
    "PreferredDays" INTEGER NOT NULL,
    "PreferredFrom" TEXT NULL,
    "PreferredTo" TEXT NULL,
    "PausedUntil" TEXT NULL,
    "LastTouchAt" TEXT NULL,
    "LastTouchOn" TEXT NULL,
    "Attempts" INTEGER NOT NULL,
    "LastAttemptOn" TEXT NULL,
    "RetryOn" TEXT NULL,
    "RetryCause" INTEGER NULL,
    "NextDueOn" TEXT NULL,
    "DueAt" TEXT NULL,
    "PastMaximumAt" TEXT NULL,
    CONSTRAINT "FK_Leads_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "SavedLists" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_SavedLists" PRIMARY KEY AUTOINCREMENT,
    "Version" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Page" TEXT NOT NULL,
    "Query" TEXT NOT NULL,
    "OwnerId" INTEGER NOT NULL,
    "IsShared" INTEGER NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    CONSTRAINT "FK_SavedLists_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "LeadPerformance" (
    "LeadId" INTEGER NOT NULL CONSTRAINT "PK_LeadPerformance" PRIMARY KEY,
    "Orders" INTEGER NOT NULL,
    "Revenue" INTEGER NOT NULL,
    "AverageValue" INTEGER NOT NULL,
    "GapDays" REAL NULL,
    "GapSpread" REAL NULL,
    "LastOrderOn" TEXT NULL,
    "UsualWeekday" INTEGER NULL,
    "RecentOrders" INTEGER NOT NULL,
    "RecentRevenue" INTEGER NOT NULL,
    "EarlierOrders" INTEGER NOT NULL,
    "EarlierRevenue" INTEGER NOT NULL,
    "Label" INTEGER NOT NULL,
    "RuleLabel" INTEGER NOT NULL,
    "IsSlipping" INTEGER NOT NULL,
    "ManualLabel" INTEGER NULL,
    "ManualReason" TEXT NULL,
    "ManualUntil" TEXT NULL,
    "ManualBy" TEXT NULL,
    "Weeks" TEXT NOT NULL,
    "ComputedAt" TEXT NOT NULL,
    "ComputedFor" TEXT NOT NULL,
    CONSTRAINT "FK_LeadPerformance_Leads_LeadId" FOREIGN KEY ("LeadId") REFERENCES "Leads" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "LeadWords" (
    "Word" TEXT NOT NULL,
    "LeadId" INTEGER NOT NULL,
    CONSTRAINT "PK_LeadWords" PRIMARY KEY ("Word", "LeadId"),
    CONSTRAINT "FK_LeadWords_Leads_LeadId" FOREIGN KEY ("LeadId") REFERENCES "Leads" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "OwnershipPeriods" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_OwnershipPeriods" PRIMARY KEY AUTOINCREMENT,
    "LeadId" INTEGER NOT NULL,
    "OwnerId" INTEGER NOT NULL,
    "From" TEXT NOT NULL,
    "To" TEXT NULL,
    CONSTRAINT "FK_OwnershipPeriods_Leads_LeadId" FOREIGN KEY ("LeadId") REFERENCES "Leads" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_OwnershipPeriods_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Pocs" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Pocs" PRIMARY KEY AUTOINCREMENT,
    "Version" TEXT NOT NULL,
    "LeadId" INTEGER NOT NULL,
    "ContactId" INTEGER NOT NULL,
    "Role" TEXT NOT NULL,
    "IsMain" INTEGER NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "RemovedAt" TEXT NULL,
    CONSTRAINT "FK_Pocs_Contacts_ContactId" FOREIGN KEY ("ContactId") REFERENCES "Contacts" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Pocs_Leads_LeadId" FOREIGN KEY ("LeadId") REFERENCES "Leads" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "StageMoves" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_StageMoves" PRIMARY KEY AUTOINCREMENT,
    "LeadId" INTEGER NOT NULL,
    "From" INTEGER NULL,
    "FromSince" TEXT NULL,
    "To" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "ById" INTEGER NULL,
    "ByName" TEXT NOT NULL,
    "Reason" TEXT NULL,
    CONSTRAINT "FK_StageMoves_Leads_LeadId" FOREIGN KEY ("LeadId") REFERENCES "Leads" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Interactions" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Interactions" PRIMARY KEY AUTOINCREMENT,
    "Version" TEXT NOT NULL,
    "LeadId" INTEGER NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Outcome" INTEGER NULL,
    "At" TEXT NOT NULL,
    "On" TEXT NOT NULL,
    "PocId" INTEGER NULL,
    "Details" TEXT NOT NULL,
    "IsOrder" INTEGER NOT NULL,
    "OrderedOn" TEXT NULL,
    "OrderValue" INTEGER NULL,
    "Currency" TEXT NULL,
    "AuthorId" INTEGER NULL,
    "CreditedToId" INTEGER NULL,
    "FollowUpOn" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    "UpdatedAt" TEXT NULL,
    "CorrectsId" INTEGER NULL,
    "CorrectedAt" TEXT NULL,
    CONSTRAINT "FK_Interactions_Interactions_CorrectsId" FOREIGN KEY ("CorrectsId") REFERENCES "Interactions" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Interactions_Leads_LeadId" FOREIGN KEY ("LeadId") REFERENCES "Leads" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Interactions_Pocs_PocId" FOREIGN KEY ("PocId") REFERENCES "Pocs" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Interactions_Users_AuthorId" FOREIGN KEY ("AuthorId") REFERENCES "Users" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Interactions_Users_CreditedToId" FOREIGN KEY ("CreditedToId") REFERENCES "Users" ("Id") ON DELETE RESTRICT
);

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (1, 0, 1);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (2, 0, 5);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (3, 1, 0);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (4, 1, 2);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (5, 1, 5);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (6, 2, 1);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (7, 2, 3);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (8, 2, 5);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (9, 3, 2);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (10, 3, 4);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (11, 3, 5);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (12, 4, 3);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (13, 4, 5);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (14, 5, 0);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (15, 5, 1);
SELECT changes();

INSERT INTO "AllowedMoves" ("Id", "From", "To")
VALUES (16, 5, 2);
SELECT changes();


CREATE INDEX "IX_ImportRows_SubjectId" ON "ImportRows" ("SubjectId") WHERE SubjectId IS NOT NULL;

CREATE UNIQUE INDEX "IX_AllowedMoves_From_To" ON "AllowedMoves" ("From", "To");

CREATE INDEX "IX_Interactions_At" ON "Interactions" ("At");

CREATE INDEX "IX_Interactions_AuthorId_CreatedAt" ON "Interactions" ("AuthorId", "CreatedAt");

CREATE INDEX "IX_Interactions_CallsByDay" ON "Interactions" ("On", "CreditedToId", "Outcome", "Kind", "CorrectedAt") WHERE [Kind] = 0 AND [CorrectedAt] IS NULL;

CREATE INDEX "IX_Interactions_CorrectsId" ON "Interactions" ("CorrectsId") WHERE [CorrectsId] IS NOT NULL;

CREATE INDEX "IX_Interactions_CreditedToId_At" ON "Interactions" ("CreditedToId", "At");

CREATE INDEX "IX_Interactions_LeadId_At" ON "Interactions" ("LeadId", "At");

CREATE INDEX "IX_Interactions_OrdersByDay" ON "Interactions" ("OrderedOn", "CreditedToId", "Currency", "OrderValue", "LeadId") WHERE [OrderedOn] IS NOT NULL;

CREATE INDEX "IX_Interactions_OrdersOfKam" ON "Interactions" ("CreditedToId", "OrderedOn", "Currency", "OrderValue") WHERE [OrderedOn] IS NOT NULL;

CREATE INDEX "IX_Interactions_OrdersOfLead" ON "Interactions" ("LeadId", "OrderedOn", "Currency", "OrderValue") WHERE [OrderedOn] IS NOT NULL;

CREATE INDEX "IX_Interactions_PocId" ON "Interactions" ("PocId") WHERE [PocId] IS NOT NULL;

CREATE INDEX "IX_LeadPerformance_IsSlipping_LastOrderOn" ON "LeadPerformance" ("IsSlipping", "LastOrderOn");

CREATE INDEX "IX_LeadPerformance_IsSlipping_Revenue" ON "LeadPerformance" ("IsSlipping", "Revenue");

CREATE INDEX "IX_LeadPerformance_Label_LastOrderOn" ON "LeadPerformance" ("Label", "LastOrderOn");

CREATE INDEX "IX_LeadPerformance_Label_Revenue" ON "LeadPerformance" ("Label", "Revenue");

CREATE INDEX "IX_Leads_DeletedAt" ON "Leads" ("DeletedAt") WHERE [DeletedAt] IS NOT NULL;

CREATE INDEX "IX_Leads_DueAt" ON "Leads" ("DueAt");

CREATE INDEX "IX_Leads_ExternalId" ON "Leads" ("ExternalId");

CREATE INDEX "IX_Leads_OwnerId_DueAt" ON "Leads" ("OwnerId", "DueAt");

CREATE INDEX "IX_Leads_OwnerId_SearchKey_Id_DeletedAt" ON "Leads" ("OwnerId", "SearchKey", "Id", "DeletedAt");

CREATE INDEX "IX_Leads_OwnerId_Stage_Currency_DeletedAt_ExpectedValue" ON "Leads" ("OwnerId", "Stage", "Currency", "DeletedAt", "ExpectedValue");

CREATE INDEX "IX_Leads_OwnerId_Stage_UpdatedAt_Id_DeletedAt" ON "Leads" ("OwnerId", "Stage", "UpdatedAt", "Id", "DeletedAt");

CREATE INDEX "IX_Leads_PastMaximumAt" ON "Leads" ("PastMaximumAt");

CREATE INDEX "IX_Leads_SearchKey_Id_DeletedAt" ON "Leads" ("SearchKey", "Id", "DeletedAt");

CREATE INDEX "IX_Leads_Stage_Currency_DeletedAt_ExpectedValue" ON "Leads" ("Stage", "Currency", "DeletedAt", "ExpectedValue");

CREATE INDEX "IX_Leads_Stage_UpdatedAt_Id_DeletedAt" ON "Leads" ("Stage", "UpdatedAt", "Id", "DeletedAt");

CREATE INDEX "IX_Leads_UpdatedAt_Id_DeletedAt" ON "Leads" ("UpdatedAt", "Id", "DeletedAt");

CREATE INDEX "IX_LeadWords_LeadId" ON "LeadWords" ("LeadId");

CREATE INDEX "IX_OwnershipPeriods_LeadId_From" ON "OwnershipPeriods" ("LeadId", "From");

CREATE UNIQUE INDEX "IX_OwnershipPeriods_Open" ON "OwnershipPeriods" ("LeadId") WHERE [To] IS NULL;

CREATE INDEX "IX_OwnershipPeriods_OwnerId_From_To_LeadId" ON "OwnershipPeriods" ("OwnerId", "From", "To", "LeadId");

CREATE INDEX "IX_Pocs_ContactId" ON "Pocs" ("ContactId");

CREATE INDEX "IX_Pocs_LeadId" ON "Pocs" ("LeadId");

CREATE UNIQUE INDEX "IX_SavedLists_OwnerId_Page_Name" ON "SavedLists" ("OwnerId", "Page", "Name");

CREATE INDEX "IX_SavedLists_Page_IsShared" ON "SavedLists" ("Page", "IsShared");

CREATE INDEX "IX_StageMoves_At_From_To_FromSince_LeadId" ON "StageMoves" ("At", "From", "To", "FromSince", "LeadId");

CREATE INDEX "IX_StageMoves_LeadId_At" ON "StageMoves" ("LeadId", "At");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261125110616_Leads', '10.0.14');

ALTER TABLE "Imports" ADD "BeganAt" TEXT NULL;

ALTER TABLE "Imports" ADD "Carried" TEXT NULL;

ALTER TABLE "Imports" ADD "Position" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "Imports" ADD "StoppedBy" TEXT NULL;

ALTER TABLE "Imports" ADD "Written" INTEGER NOT NULL DEFAULT 0;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127154633_ImportPosition', '10.0.14');

CREATE TABLE "ErasedValues" (
    "Hash" INTEGER NOT NULL CONSTRAINT "PK_ErasedValues" PRIMARY KEY,
    "ErasedAt" TEXT NOT NULL
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127155000_ErasedValues', '10.0.14');

DROP INDEX "IX_StageMoves_LeadId_At";

DROP INDEX "IX_LeadWords_LeadId";

DROP INDEX "IX_Leads_DueAt";

DROP INDEX "IX_Leads_OwnerId_SearchKey_Id_DeletedAt";

DROP INDEX "IX_Leads_PastMaximumAt";

DROP INDEX "IX_Leads_SearchKey_Id_DeletedAt";

DROP INDEX "IX_Leads_Stage_Currency_DeletedAt_ExpectedValue";

DROP INDEX "IX_Leads_UpdatedAt_Id_DeletedAt";

ALTER TABLE "LeadWords" ADD "SearchKey" TEXT NOT NULL DEFAULT '';

ALTER TABLE "Leads" ADD "CityKey" TEXT NOT NULL DEFAULT '';

ALTER TABLE "Leads" ADD "IsSlipping" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "Leads" ADD "Label" INTEGER NULL;

UPDATE "Leads" SET "CityKey" = substr("SearchKey", length("SearchKey") + 1 - length(
    replace(replace(replace(replace(replace(replace(replace(replace("City", 'ß', 'ss'), 'ẞ', 'ss'), 'æ', 'ae'), 'Æ', 'ae'), 'œ', 'oe'), 'Œ', 'oe'), 'þ', 'th'), 'Þ', 'th')))
    WHERE "City" <> '';
UPDATE "Leads" SET ("Label", "IsSlipping") = (SELECT p."Label", p."IsSlipping" FROM "LeadPerformance" AS p WHERE p."LeadId" = "Leads"."Id")
    WHERE EXISTS (SELECT 1 FROM "LeadPerformance" AS p WHERE p."LeadId" = "Leads"."Id");
UPDATE "LeadWords" SET "SearchKey" = (SELECT l."SearchKey" FROM "Leads" AS l WHERE l."Id" = "LeadWords"."LeadId");

CREATE INDEX "IX_StageMoves_LeadId_At_From_FromSince_To" ON "StageMoves" ("LeadId", "At", "From", "FromSince", "To");

CREATE INDEX "IX_LeadWords_LeadId_Word" ON "LeadWords" ("LeadId", "Word");

CREATE INDEX "IX_LeadWords_Word_SearchKey_LeadId" ON "LeadWords" ("Word", "SearchKey", "LeadId");

CREATE INDEX "IX_Leads_ByDue" ON "Leads" ("DueAt", "Id", "PastMaximumAt", "IsMain", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping");

CREATE INDEX "IX_Leads_ByName" ON "Leads" ("SearchKey", "Id", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping", "TimeZone", "Source");

CREATE INDEX "IX_Leads_CityKey_SearchKey_Id_DeletedAt_OwnerId_Stage_Label_IsSlipping" ON "Leads" ("CityKey", "SearchKey", "Id", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping");

CREATE INDEX "IX_Leads_ExpectedValue_Id_DeletedAt_OwnerId_Stage_Label_IsSlipping" ON "Leads" ("ExpectedValue", "Id", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping");

CREATE INDEX "IX_Leads_IsSlipping_SearchKey_Id_DeletedAt_OwnerId_Stage_Label" ON "Leads" ("IsSlipping", "SearchKey", "Id", "DeletedAt", "OwnerId", "Stage", "Label");

CREATE INDEX "IX_Leads_Label_SearchKey_Id_DeletedAt" ON "Leads" ("Label", "SearchKey", "Id", "DeletedAt");

CREATE INDEX "IX_Leads_Label_Stage_SearchKey_Id_DeletedAt_OwnerId_IsSlipping" ON "Leads" ("Label", "Stage", "SearchKey", "Id", "DeletedAt", "OwnerId", "IsSlipping");

CREATE INDEX "IX_Leads_OwnerId_SearchKey_Id_DeletedAt_Stage_Label_IsSlipping" ON "Leads" ("OwnerId", "SearchKey", "Id", "DeletedAt", "Stage", "Label", "IsSlipping");

CREATE INDEX "IX_Leads_PastMaximumAt_DueAt_Id_OwnerId" ON "Leads" ("PastMaximumAt", "DueAt", "Id", "OwnerId");

CREATE INDEX "IX_Leads_Stage_Id_DeletedAt_OwnerId_Label_IsSlipping" ON "Leads" ("Stage", "Id", "DeletedAt", "OwnerId", "Label", "IsSlipping");

CREATE INDEX "IX_Leads_Stage_SearchKey_Id_DeletedAt_OwnerId_Label_IsSlipping" ON "Leads" ("Stage", "SearchKey", "Id", "DeletedAt", "OwnerId", "Label", "IsSlipping");

CREATE INDEX "IX_Leads_UpdatedAt_Id_DeletedAt_OwnerId_Stage_Label_IsSlipping" ON "Leads" ("UpdatedAt", "Id", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping");

CREATE TABLE "LeadTotals" (
    "OwnerId" INTEGER NOT NULL, "Stage" INTEGER NOT NULL, "Currency" TEXT NOT NULL, "Leads" INTEGER NOT NULL, "Value" INTEGER NOT NULL,
    PRIMARY KEY ("OwnerId", "Stage", "Currency")) WITHOUT ROWID;
INSERT INTO "LeadTotals" SELECT COALESCE("OwnerId", 0), "Stage", "Currency", COUNT(*), COALESCE(SUM("ExpectedValue"), 0) FROM "Leads" WHERE "DeletedAt" IS NULL GROUP BY 1, 2, 3;
CREATE TRIGGER "LeadTotals_Insert" AFTER INSERT ON "Leads" WHEN NEW."DeletedAt" IS NULL BEGIN INSERT INTO "LeadTotals" VALUES (COALESCE(NEW."OwnerId", 0), NEW."Stage", NEW."Currency", 1, COALESCE(NEW."ExpectedValue", 0))
    ON CONFLICT ("OwnerId", "Stage", "Currency") DO UPDATE SET "Leads" = "Leads" + 1, "Value" = "Value" + excluded."Value"; END;
CREATE TRIGGER "LeadTotals_Delete" AFTER DELETE ON "Leads" WHEN OLD."DeletedAt" IS NULL BEGIN UPDATE "LeadTotals" SET "Leads" = "Leads" - 1, "Value" = "Value" - COALESCE(OLD."ExpectedValue", 0)
    WHERE "OwnerId" = COALESCE(OLD."OwnerId", 0) AND "Stage" = OLD."Stage" AND "Currency" = OLD."Currency"; END;
CREATE TRIGGER "LeadTotals_Leave" AFTER UPDATE OF "OwnerId", "Stage", "Currency", "ExpectedValue", "DeletedAt" ON "Leads" WHEN OLD."DeletedAt" IS NULL BEGIN UPDATE "LeadTotals" SET "Leads" = "Leads" - 1, "Value" = "Value" - COALESCE(OLD."ExpectedValue", 0)
    WHERE "OwnerId" = COALESCE(OLD."OwnerId", 0) AND "Stage" = OLD."Stage" AND "Currency" = OLD."Currency"; END;
CREATE TRIGGER "LeadTotals_Enter" AFTER UPDATE OF "OwnerId", "Stage", "Currency", "ExpectedValue", "DeletedAt" ON "Leads" WHEN NEW."DeletedAt" IS NULL BEGIN INSERT INTO "LeadTotals" VALUES (COALESCE(NEW."OwnerId", 0), NEW."Stage", NEW."Currency", 1, COALESCE(NEW."ExpectedValue", 0))
    ON CONFLICT ("OwnerId", "Stage", "Currency") DO UPDATE SET "Leads" = "Leads" + 1, "Value" = "Value" + excluded."Value"; END;

CREATE TABLE "KamDays" (
    "Day" TEXT NOT NULL, "KamId" INTEGER NOT NULL, "Currency" TEXT NOT NULL, "Orders" INTEGER NOT NULL, "Revenue" INTEGER NOT NULL, "Calls" INTEGER NOT NULL, "Reached" INTEGER NOT NULL,
    PRIMARY KEY ("Day", "KamId", "Currency")) WITHOUT ROWID;
INSERT INTO "KamDays" SELECT "OrderedOn", COALESCE("CreditedToId", 0), COALESCE("Currency", ''), COUNT(*), COALESCE(SUM("OrderValue"), 0), 0, 0
    FROM "Interactions" WHERE "OrderedOn" IS NOT NULL GROUP BY 1, 2, 3;
INSERT INTO "KamDays" SELECT "On", COALESCE("CreditedToId", 0), '', 0, 0, COUNT(*), SUM("Outcome" IS 0)
    FROM "Interactions" WHERE "Kind" = 0 AND "CorrectedAt" IS NULL GROUP BY 1, 2 ON CONFLICT ("Day", "KamId", "Currency") DO UPDATE SET
    "Orders" = "Orders" + excluded."Orders", "Revenue" = "Revenue" + excluded."Revenue", "Calls" = "Calls" + excluded."Calls", "Reached" = "Reached" + excluded."Reached";
CREATE TRIGGER "KamDays_InsertOrder" AFTER INSERT ON "Interactions" WHEN NEW."OrderedOn" IS NOT NULL BEGIN INSERT INTO "KamDays" VALUES (NEW."OrderedOn", COALESCE(NEW."CreditedToId", 0), COALESCE(NEW."Currency", ''), 1, COALESCE(NEW."OrderValue", 0), 0, 0) ON CONFLICT ("Day", "KamId", "Currency") DO UPDATE SET
    "Orders" = "Orders" + excluded."Orders", "Revenue" = "Revenue" + excluded."Revenue", "Calls" = "Calls" + excluded."Calls", "Reached" = "Reached" + excluded."Reached"; END;
CREATE TRIGGER "KamDays_InsertCall" AFTER INSERT ON "Interactions" WHEN NEW."Kind" = 0 AND NEW."CorrectedAt" IS NULL BEGIN INSERT INTO "KamDays" VALUES (NEW."On", COALESCE(NEW."CreditedToId", 0), '', 0, 0, 1, NEW."Outcome" IS 0) ON CONFLICT ("Day", "KamId", "Currency") DO UPDATE SET
    "Orders" = "Orders" + excluded."Orders", "Revenue" = "Revenue" + excluded."Revenue", "Calls" = "Calls" + excluded."Calls", "Reached" = "Reached" + excluded."Reached"; END;
CREATE TRIGGER "KamDays_DeleteOrder" AFTER DELETE ON "Interactions" WHEN OLD."OrderedOn" IS NOT NULL BEGIN UPDATE "KamDays" SET "Orders" = "Orders" - 1, "Revenue" = "Revenue" - COALESCE(OLD."OrderValue", 0)
    WHERE "Day" = OLD."OrderedOn" AND "KamId" = COALESCE(OLD."CreditedToId", 0) AND "Currency" = COALESCE(OLD."Currency", ''); END;
CREATE TRIGGER "KamDays_DeleteCall" AFTER DELETE ON "Interactions" WHEN OLD."Kind" = 0 AND OLD."CorrectedAt" IS NULL BEGIN UPDATE "KamDays" SET "Calls" = "Calls" - 1, "Reached" = "Reached" - (OLD."Outcome" IS 0)
    WHERE "Day" = OLD."On" AND "KamId" = COALESCE(OLD."CreditedToId", 0) AND "Currency" = ''; END;
CREATE TRIGGER "KamDays_LeaveOrder" AFTER UPDATE OF "OrderedOn", "CreditedToId", "Currency", "OrderValue" ON "Interactions" WHEN OLD."OrderedOn" IS NOT NULL BEGIN UPDATE "KamDays" SET "Orders" = "Orders" - 1, "Revenue" = "Revenue" - COALESCE(OLD."OrderValue", 0)
    WHERE "Day" = OLD."OrderedOn" AND "KamId" = COALESCE(OLD."CreditedToId", 0) AND "Currency" = COALESCE(OLD."Currency", ''); END;
CREATE TRIGGER "KamDays_EnterOrder" AFTER UPDATE OF "OrderedOn", "CreditedToId", "Currency", "OrderValue" ON "Interactions" WHEN NEW."OrderedOn" IS NOT NULL BEGIN INSERT INTO "KamDays" VALUES (NEW."OrderedOn", COALESCE(NEW."CreditedToId", 0), COALESCE(NEW."Currency", ''), 1, COALESCE(NEW."OrderValue", 0), 0, 0) ON CONFLICT ("Day", "KamId", "Currency") DO UPDATE SET
    "Orders" = "Orders" + excluded."Orders", "Revenue" = "Revenue" + excluded."Revenue", "Calls" = "Calls" + excluded."Calls", "Reached" = "Reached" + excluded."Reached"; END;
CREATE TRIGGER "KamDays_LeaveCall" AFTER UPDATE OF "On", "CreditedToId", "Kind", "Outcome", "CorrectedAt" ON "Interactions" WHEN OLD."Kind" = 0 AND OLD."CorrectedAt" IS NULL BEGIN UPDATE "KamDays" SET "Calls" = "Calls" - 1, "Reached" = "Reached" - (OLD."Outcome" IS 0)
    WHERE "Day" = OLD."On" AND "KamId" = COALESCE(OLD."CreditedToId", 0) AND "Currency" = ''; END;
CREATE TRIGGER "KamDays_EnterCall" AFTER UPDATE OF "On", "CreditedToId", "Kind", "Outcome", "CorrectedAt" ON "Interactions" WHEN NEW."Kind" = 0 AND NEW."CorrectedAt" IS NULL BEGIN INSERT INTO "KamDays" VALUES (NEW."On", COALESCE(NEW."CreditedToId", 0), '', 0, 0, 1, NEW."Outcome" IS 0) ON CONFLICT ("Day", "KamId", "Currency") DO UPDATE SET
    "Orders" = "Orders" + excluded."Orders", "Revenue" = "Revenue" + excluded."Revenue", "Calls" = "Calls" + excluded."Calls", "Reached" = "Reached" + excluded."Reached"; END;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127160005_LeadLists', '10.0.14');

DROP INDEX "IX_ContactWords_ContactId";

DROP INDEX "IX_Contacts_ExternalId";

DROP INDEX "IX_Contacts_LinkedId";

CREATE INDEX "IX_ContactWords_ContactId_Word" ON "ContactWords" ("ContactId", "Word");

CREATE INDEX "IX_Contacts_Deleted" ON "Contacts" ("Id") WHERE "DeletedAt" IS NOT NULL;

CREATE INDEX "IX_Contacts_ExternalId" ON "Contacts" ("ExternalId") WHERE "ExternalId" IS NOT NULL;

CREATE INDEX "IX_Contacts_LinkedId_CreatedAt" ON "Contacts" ("LinkedId", "CreatedAt") WHERE "LinkedId" IS NOT NULL;

CREATE INDEX "IX_Contacts_Source" ON "Contacts" ("Source");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127160300_ContactLists', '10.0.14');

DROP INDEX "IX_Leads_ByDue";

ALTER TABLE "OwnershipPeriods" ADD "ById" INTEGER NULL;

ALTER TABLE "Leads" ADD "OverdueAt" TEXT NULL;

UPDATE "Leads" SET "OverdueAt" = strftime('%Y-%m-%d %H:%M:%S', "DueAt", '+1 day', CASE
    WHEN "RetryCause" IN (0, 1) AND "IntervalDays" IS NOT NULL
    THEN (julianday(max(COALESCE(date("LastTouchOn", '+' || "IntervalDays" || ' days'), date("CreatedAt")), COALESCE("PausedUntil", '0001-01-01'))) - julianday("NextDueOn")) || ' days'
    ELSE '0 days' END)
WHERE "DueAt" IS NOT NULL;

CREATE INDEX "IX_Leads_ByDue" ON "Leads" ("DueAt", "Id", "PastMaximumAt", "OverdueAt", "IsMain", "DeletedAt", "OwnerId", "Stage", "Label", "IsSlipping");

CREATE INDEX "IX_Leads_OverdueAt_DueAt_Id_OwnerId" ON "Leads" ("OverdueAt", "DueAt", "Id", "OwnerId");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127184630_LeadOverdueAndGiver', '10.0.14');

CREATE INDEX "IX_Users_DisplayName" ON "Users" ("DisplayName");

CREATE TABLE "KamWeeks" (
    "Week" TEXT NOT NULL, "Currency" TEXT NOT NULL, "KamId" INTEGER NOT NULL, "Orders" INTEGER NOT NULL, "Revenue" INTEGER NOT NULL, "Calls" INTEGER NOT NULL, "Reached" INTEGER NOT NULL,
    PRIMARY KEY ("Week", "Currency", "KamId")) WITHOUT ROWID;
INSERT INTO "KamWeeks" SELECT date("Day", 'weekday 0', '-6 days'), "Currency", "KamId", SUM("Orders"), SUM("Revenue"), SUM("Calls"), SUM("Reached") FROM "KamDays" GROUP BY 1, 2, 3;
CREATE TRIGGER "KamWeeks_Insert" AFTER INSERT ON "KamDays" BEGIN
    INSERT INTO "KamWeeks" VALUES (date(NEW."Day", 'weekday 0', '-6 days'), NEW."Currency", NEW."KamId", NEW."Orders", NEW."Revenue", NEW."Calls", NEW."Reached")
        ON CONFLICT ("Week", "Currency", "KamId") DO UPDATE SET
            "Orders" = "Orders" + excluded."Orders", "Revenue" = "Revenue" + excluded."Revenue", "Calls" = "Calls" + excluded."Calls", "Reached" = "Reached" + excluded."Reached"; END;
CREATE TRIGGER "KamWeeks_Update" AFTER UPDATE ON "KamDays" BEGIN
    UPDATE "KamWeeks" SET "Orders" = "Orders" + NEW."Orders" - OLD."Orders", "Revenue" = "Revenue" + NEW."Revenue" - OLD."Revenue", "Calls" = "Calls" + NEW."Calls" - OLD."Calls", "Reached" = "Reached" + NEW."Reached" - OLD."Reached"
        WHERE "Week" = date(NEW."Day", 'weekday 0', '-6 days') AND "Currency" = NEW."Currency" AND "KamId" = NEW."KamId"; END;

CREATE TABLE "StageDays" (
    "Day" TEXT NOT NULL, "Stage" INTEGER NOT NULL, "Entered" INTEGER NOT NULL, "Onward" INTEGER NOT NULL, "Back" INTEGER NOT NULL, "Closed" INTEGER NOT NULL,
    PRIMARY KEY ("Day", "Stage")) WITHOUT ROWID;
INSERT INTO "StageDays" SELECT date("At"), "To", COUNT(*), 0, 0, 0 FROM "StageMoves" GROUP BY 1, 2;
INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, SUM(x."To" > e."To" AND x."To" <> 5), SUM(x."To" < e."To"), SUM(x."To" = 5) FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x WHERE x."LeadId" = e."LeadId" AND x."At" >= e."At" AND x."From" = e."To" AND x."FromSince" = e."At"  AND NOT EXISTS (SELECT 1 FROM "StageMoves" AS l WHERE l."LeadId" = x."LeadId" AND l."At" >= x."FromSince" AND l."From" = x."From" AND l."FromSince" = x."FromSince" AND l."Id" > x."Id") GROUP BY 1, 2 ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed";
CREATE TRIGGER "StageDays_Enter" AFTER INSERT ON "StageMoves" BEGIN
    INSERT INTO "StageDays" VALUES (date(NEW."At"), NEW."To", 1, 0, 0, 0) ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed"; END;
CREATE TRIGGER "StageDays_Exit" AFTER INSERT ON "StageMoves" BEGIN
    INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, SUM(x."To" > e."To" AND x."To" <> 5), SUM(x."To" < e."To"), SUM(x."To" = 5) FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x
        WHERE x."Id" = NEW."Id" AND e."LeadId" = NEW."LeadId" AND e."At" = NEW."FromSince" AND e."Id" <> NEW."Id" AND x."LeadId" = e."LeadId" AND x."At" >= e."At" AND x."From" = e."To" AND x."FromSince" = e."At"  AND NOT EXISTS (SELECT 1 FROM "StageMoves" AS l WHERE l."LeadId" = x."LeadId" AND l."At" >= x."FromSince" AND l."From" = x."From" AND l."FromSince" = x."FromSince" AND l."Id" > x."Id") GROUP BY 1, 2 ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed";
    INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, -SUM(x."To" > e."To" AND x."To" <> 5), -SUM(x."To" < e."To"), -SUM(x."To" = 5) FROM "StageMoves" AS x CROSS JOIN "StageMoves" AS e
        WHERE x."Id" = (SELECT MAX(p."Id") FROM "StageMoves" AS p WHERE p."LeadId" = NEW."LeadId" AND p."At" >= NEW."FromSince" AND p."From" = NEW."From" AND p."FromSince" = NEW."FromSince" AND p."Id" < NEW."Id")
        AND e."LeadId" = NEW."LeadId" AND e."At" = NEW."FromSince" AND e."Id" <> x."Id" AND x."LeadId" = e."LeadId" AND x."At" >= e."At" AND x."From" = e."To" AND x."FromSince" = e."At"  GROUP BY 1, 2 ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed";
    INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, SUM(x."To" > e."To" AND x."To" <> 5), SUM(x."To" < e."To"), SUM(x."To" = 5) FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x
        WHERE e."Id" = NEW."Id" AND x."LeadId" = NEW."LeadId" AND x."At" >= NEW."At" AND x."LeadId" = e."LeadId" AND x."At" >= e."At" AND x."From" = e."To" AND x."FromSince" = e."At"  AND NOT EXISTS (SELECT 1 FROM "StageMoves" AS l WHERE l."LeadId" = x."LeadId" AND l."At" >= x."FromSince" AND l."From" = x."From" AND l."FromSince" = x."FromSince" AND l."Id" > x."Id") GROUP BY 1, 2 ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed"; END;
CREATE TABLE "StageStays" (
    "Stage" INTEGER NOT NULL, "Days" INTEGER NOT NULL, "Week" TEXT NOT NULL, "Leads" INTEGER NOT NULL,
    PRIMARY KEY ("Stage", "Days", "Week")) WITHOUT ROWID;
INSERT INTO "StageStays" SELECT "From", (unixepoch("At") - unixepoch("FromSince")) / 86400, date("At", 'weekday 0', '-6 days'), COUNT(*)
    FROM "StageMoves" WHERE "From" IS NOT NULL AND "FromSince" IS NOT NULL GROUP BY 1, 2, 3;
CREATE TRIGGER "StageStays_Insert" AFTER INSERT ON "StageMoves" WHEN NEW."From" IS NOT NULL AND NEW."FromSince" IS NOT NULL BEGIN
    INSERT INTO "StageStays" VALUES (NEW."From", (unixepoch(NEW."At") - unixepoch(NEW."FromSince")) / 86400, date(NEW."At", 'weekday 0', '-6 days'), 1)
        ON CONFLICT ("Stage", "Days", "Week") DO UPDATE SET "Leads" = "Leads" + 1; END;

CREATE TABLE "OwnerDays" ("OwnerId" INTEGER NOT NULL, "Day" TEXT NOT NULL, "Began" INTEGER NOT NULL, "Ended" INTEGER NOT NULL, PRIMARY KEY ("OwnerId", "Day")) WITHOUT ROWID;
INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."From"), COUNT(*), 0 FROM "OwnershipPeriods" AS p WHERE EXISTS (SELECT 1 FROM "Leads" AS l WHERE l."Id" = p."LeadId" AND l."DeletedAt" IS NULL) GROUP BY 1, 2;
INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."To"), 0, COUNT(*) FROM "OwnershipPeriods" AS p WHERE p."To" IS NOT NULL AND EXISTS (SELECT 1 FROM "Leads" AS l WHERE l."Id" = p."LeadId" AND l."DeletedAt" IS NULL) GROUP BY 1, 2 ON CONFLICT ("OwnerId", "Day") DO UPDATE SET "Began" = "Began" + excluded."Began", "Ended" = "Ended" + excluded."Ended" ;
CREATE TABLE "OwnerReturns" ("OwnerId" INTEGER NOT NULL, "LeadId" INTEGER NOT NULL, PRIMARY KEY ("OwnerId", "LeadId")) WITHOUT ROWID;
INSERT INTO "OwnerReturns" SELECT "OwnerId", "LeadId" FROM "OwnershipPeriods" GROUP BY 1, 2 HAVING COUNT(*) > 1;
CREATE TRIGGER "OwnerDays_Insert" AFTER INSERT ON "OwnershipPeriods" BEGIN
    INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."From"), 1, 0 FROM "OwnershipPeriods" AS p WHERE p."Id" = NEW."Id" AND EXISTS (SELECT 1 FROM "Leads" AS l WHERE l."Id" = p."LeadId" AND l."DeletedAt" IS NULL) ON CONFLICT ("OwnerId", "Day") DO UPDATE SET "Began" = "Began" + excluded."Began", "Ended" = "Ended" + excluded."Ended" ; INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."To"), 0, 1 FROM "OwnershipPeriods" AS p WHERE p."Id" = NEW."Id" AND p."To" IS NOT NULL AND EXISTS (SELECT 1 FROM "Leads" AS l WHERE l."Id" = p."LeadId" AND l."DeletedAt" IS NULL) ON CONFLICT ("OwnerId", "Day") DO UPDATE SET "Began" = "Began" + excluded."Began", "Ended" = "Ended" + excluded."Ended" ;
    INSERT OR IGNORE INTO "OwnerReturns" SELECT p."OwnerId", p."LeadId" FROM "OwnershipPeriods" AS p WHERE p."LeadId" = NEW."LeadId" AND p."OwnerId" = NEW."OwnerId" AND p."Id" <> NEW."Id"; END;
CREATE TRIGGER "OwnerDays_End" AFTER UPDATE OF "To" ON "OwnershipPeriods" BEGIN INSERT INTO "OwnerDays" SELECT p."OwnerId", date(OLD."To"), 0, -1 FROM "OwnershipPeriods" AS p WHERE p."Id" = OLD."Id" AND OLD."To" IS NOT NULL AND EXISTS (SELECT 1 FROM "Leads" AS l WHERE l."Id" = p."LeadId" AND l."DeletedAt" IS NULL) ON CONFLICT ("OwnerId", "Day") DO UPDATE SET "Began" = "Began" + excluded."Began", "Ended" = "Ended" + excluded."Ended" ; INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."To"), 0, 1 FROM "OwnershipPeriods" AS p WHERE p."Id" = NEW."Id" AND p."To" IS NOT NULL AND EXISTS (SELECT 1 FROM "Leads" AS l WHERE l."Id" = p."LeadId" AND l."DeletedAt" IS NULL) ON CONFLICT ("OwnerId", "Day") DO UPDATE SET "Began" = "Began" + excluded."Began", "Ended" = "Ended" + excluded."Ended" ; END;
CREATE TRIGGER "OwnerDays_Leads" AFTER UPDATE OF "DeletedAt" ON "Leads" WHEN (OLD."DeletedAt" IS NULL) <> (NEW."DeletedAt" IS NULL) BEGIN
    INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."From"), CASE WHEN NEW."DeletedAt" IS NULL THEN COUNT(*) ELSE -COUNT(*) END, 0
        FROM "OwnershipPeriods" AS p WHERE p."LeadId" = NEW."Id" GROUP BY 1, 2 ON CONFLICT ("OwnerId", "Day") DO UPDATE SET "Began" = "Began" + excluded."Began", "Ended" = "Ended" + excluded."Ended" ;
    INSERT INTO "OwnerDays" SELECT p."OwnerId", date(p."To"), 0, CASE WHEN NEW."DeletedAt" IS NULL THEN COUNT(*) ELSE -COUNT(*) END
        FROM "OwnershipPeriods" AS p WHERE p."LeadId" = NEW."Id" AND p."To" IS NOT NULL GROUP BY 1, 2 ON CONFLICT ("OwnerId", "Day") DO UPDATE SET "Began" = "Began" + excluded."Began", "Ended" = "Ended" + excluded."Ended" ; END;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127221533_ChartSums', '10.0.14');

ALTER TABLE "Imports" ADD "AreColumnsChosen" INTEGER NOT NULL DEFAULT 1;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261127222444_ImportColumnsChosen', '10.0.14');

ALTER TABLE "EstimatedModels" ADD "LastContactId" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "EstimatedModels" ADD "StoredAt" TEXT NULL;

ALTER TABLE "DuplicatePairs" ADD "ModelId" INTEGER NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128023206_StandingJudgements', '10.0.14');

ALTER TABLE "Contacts" ADD "LoosenedAt" TEXT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128032016_LoosenedContacts', '10.0.14');

CREATE TABLE "Subscriptions" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_Subscriptions" PRIMARY KEY AUTOINCREMENT,
    "Version" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Page" TEXT NOT NULL,
    "Query" TEXT NOT NULL,
    "OwnerId" INTEGER NOT NULL,
    "Rhythm" INTEGER NOT NULL,
    "Hour" INTEGER NOT NULL,
    "Weekday" INTEGER NOT NULL,
    "DayOfMonth" INTEGER NOT NULL,
    "TimeZone" TEXT NOT NULL,
    "Format" INTEGER NOT NULL,
    "OnlyWhenChanged" INTEGER NOT NULL,
    "Address" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "IsPaused" INTEGER NOT NULL,
    "PauseReason" TEXT NULL,
    "NextAt" TEXT NULL,
    "IsAskedFor" INTEGER NOT NULL,
    "LastSentAt" TEXT NULL,
    "LastUnchangedAt" TEXT NULL,
    "Failures" INTEGER NOT NULL,
    "LastError" TEXT NULL,
    "DeletedAt" TEXT NULL,
    CONSTRAINT "FK_Subscriptions_Users_OwnerId" FOREIGN KEY ("OwnerId") REFERENCES "Users" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "SubscriptionRecipients" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_SubscriptionRecipients" PRIMARY KEY AUTOINCREMENT,
    "SubscriptionId" INTEGER NOT NULL,
    "Address" TEXT NOT NULL,
    CONSTRAINT "FK_SubscriptionRecipients_Subscriptions_SubscriptionId" FOREIGN KEY ("SubscriptionId") REFERENCES "Subscriptions" ("Id") ON DELETE CASCADE
);

CREATE TABLE "SubscriptionSnapshots" (
    "SubscriptionId" INTEGER NOT NULL CONSTRAINT "PK_SubscriptionSnapshots" PRIMARY KEY,
    "Content" BLOB NOT NULL,
    CONSTRAINT "FK_SubscriptionSnapshots_Subscriptions_SubscriptionId" FOREIGN KEY ("SubscriptionId") REFERENCES "Subscriptions" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_SubscriptionRecipients_SubscriptionId" ON "SubscriptionRecipients" ("SubscriptionId");

CREATE INDEX "IX_Subscriptions_DeletedAt" ON "Subscriptions" ("DeletedAt");

CREATE INDEX "IX_Subscriptions_NextAt" ON "Subscriptions" ("NextAt");

CREATE INDEX "IX_Subscriptions_OwnerId" ON "Subscriptions" ("OwnerId");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128051506_Subscriptions', '10.0.14');

DROP INDEX "IX_StageMoves_At_From_To_FromSince_LeadId";

DROP INDEX "IX_StageMoves_LeadId_At_From_FromSince_To";

ALTER TABLE "StageMoves" ADD "IsTakenBack" INTEGER NOT NULL DEFAULT 0;

CREATE INDEX "IX_StageMoves_At_From_To_FromSince_LeadId_IsTakenBack" ON "StageMoves" ("At", "From", "To", "FromSince", "LeadId", "IsTakenBack");

CREATE INDEX "IX_StageMoves_LeadId_At_From_FromSince_To_IsTakenBack" ON "StageMoves" ("LeadId", "At", "From", "FromSince", "To", "IsTakenBack");

DROP TRIGGER "StageDays_Enter";
DROP TRIGGER "StageDays_Exit";
DROP TRIGGER "StageStays_Insert";

UPDATE "StageMoves" SET "IsTakenBack" = 1 WHERE "Id" IN (
    SELECT r."Id" FROM "StageMoves" AS r WHERE r."Reason" = 'Taken back.' AND EXISTS (SELECT 1 FROM "StageMoves" AS m WHERE m."LeadId" = r."LeadId" AND m."At" = r."FromSince" AND m."From" = r."To" AND m."To" = r."From" AND m."ById" = r."ById" AND m."Id" < r."Id" )
    AND NOT EXISTS (SELECT 1 FROM "StageMoves" AS n WHERE n."LeadId" = r."LeadId" AND n."At" >= r."At" AND n."From" = r."To" AND n."FromSince" = r."At")
    AND NOT EXISTS (SELECT 1 FROM "Leads" AS l WHERE l."Id" = r."LeadId" AND l."StageSince" = r."At"));
UPDATE "StageMoves" SET "IsTakenBack" = 1 WHERE "Id" IN (
    SELECT (SELECT MAX(m."Id") FROM "StageMoves" AS m WHERE m."LeadId" = r."LeadId" AND m."At" = r."FromSince" AND m."From" = r."To" AND m."To" = r."From" AND m."ById" = r."ById" AND m."Id" < r."Id" ) FROM "StageMoves" AS r WHERE r."IsTakenBack" = 1);

DELETE FROM "StageDays";
INSERT INTO "StageDays" SELECT date("At"), "To", COUNT(*), 0, 0, 0 FROM "StageMoves" WHERE "IsTakenBack" = 0 GROUP BY 1, 2;
INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, SUM(x."To" > e."To" AND x."To" <> 5), SUM(x."To" < e."To"), SUM(x."To" = 5) FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x WHERE x."LeadId" = e."LeadId" AND x."At" >= e."At" AND x."From" = e."To" AND x."FromSince" = e."At"  AND e."IsTakenBack" = 0 AND x."IsTakenBack" = 0 AND NOT EXISTS (SELECT 1 FROM "StageMoves" AS l WHERE l."LeadId" = x."LeadId" AND l."At" >= x."FromSince" AND l."From" = x."From" AND l."FromSince" = x."FromSince" AND l."IsTakenBack" = 0 AND l."Id" > x."Id") GROUP BY 1, 2 ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed";
DELETE FROM "StageStays";
INSERT INTO "StageStays" SELECT "From", (unixepoch("At") - unixepoch("FromSince")) / 86400, date("At", 'weekday 0', '-6 days'), COUNT(*)
    FROM "StageMoves" WHERE "From" IS NOT NULL AND "FromSince" IS NOT NULL AND "IsTakenBack" = 0 GROUP BY 1, 2, 3;

CREATE TRIGGER "StageDays_Enter" AFTER INSERT ON "StageMoves" WHEN NEW."IsTakenBack" = 0 BEGIN
    INSERT INTO "StageDays" VALUES (date(NEW."At"), NEW."To", 1, 0, 0, 0) ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed"; END;
CREATE TRIGGER "StageDays_Exit" AFTER INSERT ON "StageMoves" WHEN NEW."IsTakenBack" = 0 BEGIN
    INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, SUM(x."To" > e."To" AND x."To" <> 5), SUM(x."To" < e."To"), SUM(x."To" = 5) FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x
        WHERE x."Id" = NEW."Id" AND e."LeadId" = NEW."LeadId" AND e."At" = NEW."FromSince" AND e."Id" <> NEW."Id" AND x."LeadId" = e."LeadId" AND x."At" >= e."At" AND x."From" = e."To" AND x."FromSince" = e."At"  AND e."IsTakenBack" = 0 AND x."IsTakenBack" = 0 AND NOT EXISTS (SELECT 1 FROM "StageMoves" AS l WHERE l."LeadId" = x."LeadId" AND l."At" >= x."FromSince" AND l."From" = x."From" AND l."FromSince" = x."FromSince" AND l."IsTakenBack" = 0 AND l."Id" > x."Id") GROUP BY 1, 2 ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed";
    INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, -SUM(x."To" > e."To" AND x."To" <> 5), -SUM(x."To" < e."To"), -SUM(x."To" = 5) FROM "StageMoves" AS x CROSS JOIN "StageMoves" AS e
        WHERE x."Id" = (SELECT MAX(p."Id") FROM "StageMoves" AS p WHERE p."LeadId" = NEW."LeadId" AND p."At" >= NEW."FromSince" AND p."From" = NEW."From" AND p."FromSince" = NEW."FromSince" AND p."IsTakenBack" = 0 AND p."Id" < NEW."Id")
        AND e."LeadId" = NEW."LeadId" AND e."At" = NEW."FromSince" AND e."Id" <> x."Id" AND e."IsTakenBack" = 0 AND x."LeadId" = e."LeadId" AND x."At" >= e."At" AND x."From" = e."To" AND x."FromSince" = e."At"  GROUP BY 1, 2 ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed";
    INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, SUM(x."To" > e."To" AND x."To" <> 5), SUM(x."To" < e."To"), SUM(x."To" = 5) FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x
        WHERE e."Id" = NEW."Id" AND x."LeadId" = NEW."LeadId" AND x."At" >= NEW."At" AND x."LeadId" = e."LeadId" AND x."At" >= e."At" AND x."From" = e."To" AND x."FromSince" = e."At"  AND e."IsTakenBack" = 0 AND x."IsTakenBack" = 0 AND NOT EXISTS (SELECT 1 FROM "StageMoves" AS l WHERE l."LeadId" = x."LeadId" AND l."At" >= x."FromSince" AND l."From" = x."From" AND l."FromSince" = x."FromSince" AND l."IsTakenBack" = 0 AND l."Id" > x."Id") GROUP BY 1, 2 ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed"; END;
CREATE TRIGGER "StageDays_TakeBack" AFTER UPDATE OF "IsTakenBack" ON "StageMoves" WHEN OLD."IsTakenBack" = 0 AND NEW."IsTakenBack" = 1 BEGIN
    INSERT INTO "StageDays" VALUES (date(NEW."At"), NEW."To", -1, 0, 0, 0) ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed";
    INSERT INTO "StageDays" SELECT date(NEW."At"), NEW."To", 0, -SUM(x."To" > e."To" AND x."To" <> 5), -SUM(x."To" < e."To"), -SUM(x."To" = 5) FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x
        WHERE e."Id" = NEW."Id" AND x."LeadId" = NEW."LeadId" AND x."At" >= NEW."At" AND x."LeadId" = e."LeadId" AND x."At" >= e."At" AND x."From" = e."To" AND x."FromSince" = e."At"  AND x."IsTakenBack" = 0 AND NOT EXISTS (SELECT 1 FROM "StageMoves" AS l WHERE l."LeadId" = x."LeadId" AND l."At" >= x."FromSince" AND l."From" = x."From" AND l."FromSince" = x."FromSince" AND l."IsTakenBack" = 0 AND l."Id" > x."Id") GROUP BY 1, 2 ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed";
    INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, -SUM(x."To" > e."To" AND x."To" <> 5), -SUM(x."To" < e."To"), -SUM(x."To" = 5) FROM "StageMoves" AS x CROSS JOIN "StageMoves" AS e
        WHERE x."Id" = NEW."Id" AND e."LeadId" = NEW."LeadId" AND e."At" = NEW."FromSince" AND e."IsTakenBack" = 0 AND x."LeadId" = e."LeadId" AND x."At" >= e."At" AND x."From" = e."To" AND x."FromSince" = e."At"  AND NOT EXISTS (SELECT 1 FROM "StageMoves" AS l WHERE l."LeadId" = x."LeadId" AND l."At" >= x."FromSince" AND l."From" = x."From" AND l."FromSince" = x."FromSince" AND l."IsTakenBack" = 0 AND l."Id" > x."Id") GROUP BY 1, 2 ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed";
    INSERT INTO "StageDays" SELECT date(e."At"), e."To", 0, SUM(x."To" > e."To" AND x."To" <> 5), SUM(x."To" < e."To"), SUM(x."To" = 5) FROM "StageMoves" AS e CROSS JOIN "StageMoves" AS x
        WHERE e."LeadId" = NEW."LeadId" AND e."At" = NEW."FromSince" AND e."To" = NEW."From" AND x."LeadId" = NEW."LeadId" AND x."At" >= NEW."FromSince" AND x."Id" < NEW."Id" AND x."LeadId" = e."LeadId" AND x."At" >= e."At" AND x."From" = e."To" AND x."FromSince" = e."At"  AND e."IsTakenBack" = 0 AND x."IsTakenBack" = 0 AND NOT EXISTS (SELECT 1 FROM "StageMoves" AS l WHERE l."LeadId" = x."LeadId" AND l."At" >= x."FromSince" AND l."From" = x."From" AND l."FromSince" = x."FromSince" AND l."IsTakenBack" = 0 AND l."Id" > x."Id") GROUP BY 1, 2 ON CONFLICT ("Day", "Stage") DO UPDATE SET "Entered" = "Entered" + excluded."Entered", "Onward" = "Onward" + excluded."Onward", "Back" = "Back" + excluded."Back", "Closed" = "Closed" + excluded."Closed"; END;
CREATE TRIGGER "StageStays_Insert" AFTER INSERT ON "StageMoves" WHEN NEW."IsTakenBack" = 0 AND NEW."From" IS NOT NULL AND NEW."FromSince" IS NOT NULL BEGIN
    INSERT INTO "StageStays" VALUES (NEW."From", (unixepoch(NEW."At") - unixepoch(NEW."FromSince")) / 86400, date(NEW."At", 'weekday 0', '-6 days'), 1)
        ON CONFLICT ("Stage", "Days", "Week") DO UPDATE SET "Leads" = "Leads" + 1; END;
CREATE TRIGGER "StageStays_TakeBack" AFTER UPDATE OF "IsTakenBack" ON "StageMoves"
    WHEN OLD."IsTakenBack" = 0 AND NEW."IsTakenBack" = 1 AND NEW."From" IS NOT NULL AND NEW."FromSince" IS NOT NULL BEGIN
    UPDATE "StageStays" SET "Leads" = "Leads" - 1 WHERE "Stage" = NEW."From" AND "Days" = (unixepoch(NEW."At") - unixepoch(NEW."FromSince")) / 86400 AND "Week" = date(NEW."At", 'weekday 0', '-6 days');
    DELETE FROM "StageStays" WHERE "Stage" = NEW."From" AND "Days" = (unixepoch(NEW."At") - unixepoch(NEW."FromSince")) / 86400 AND "Week" = date(NEW."At", 'weekday 0', '-6 days') AND "Leads" = 0; END;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128053158_MovesTakenBack', '10.0.14');

DROP INDEX "IX_Leads_OwnerId_DueAt";

CREATE INDEX "IX_Leads_Queue" ON "Leads" ("OwnerId", "DueAt", "Id", "PastMaximumAt", "OverdueAt", "IsMain", "TimeZone", "OpeningHours");

CREATE INDEX "IX_Leads_Retries" ON "Leads" ("OwnerId", "DueAt", "Id", "RetryCause") WHERE [RetryOn] IS NOT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128060503_DueQueue', '10.0.14');

CREATE TABLE "OutboxFilesOfMessages" AS SELECT "MessageId", "Id" AS "AttachmentId" FROM "OutboxAttachments";
CREATE TABLE "OutboxAttachmentsAnew" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_OutboxAttachments" PRIMARY KEY AUTOINCREMENT,
    "Content" BLOB NOT NULL,
    "ContentType" TEXT NOT NULL,
    "DroppedAt" TEXT NULL,
    "FileName" TEXT NOT NULL
);
INSERT INTO "OutboxAttachmentsAnew" ("Id", "Content", "ContentType", "FileName") SELECT "Id", "Content", "ContentType", "FileName" FROM "OutboxAttachments";
DROP TABLE "OutboxAttachments";
ALTER TABLE "OutboxAttachmentsAnew" RENAME TO "OutboxAttachments";
CREATE INDEX "IX_OutboxAttachments_DroppedAt" ON "OutboxAttachments" ("DroppedAt");
CREATE TABLE "OutboxMessageAttachments" (
    "MessageId" INTEGER NOT NULL,
    "AttachmentId" INTEGER NOT NULL,
    CONSTRAINT "PK_OutboxMessageAttachments" PRIMARY KEY ("MessageId", "AttachmentId"),
    CONSTRAINT "FK_OutboxMessageAttachments_OutboxAttachments_AttachmentId" FOREIGN KEY ("AttachmentId") REFERENCES "OutboxAttachments" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_OutboxMessageAttachments_OutboxMessages_MessageId" FOREIGN KEY ("MessageId") REFERENCES "OutboxMessages" ("Id") ON DELETE RESTRICT
);
INSERT INTO "OutboxMessageAttachments" ("MessageId", "AttachmentId") SELECT "MessageId", "AttachmentId" FROM "OutboxFilesOfMessages";
CREATE INDEX "IX_OutboxMessageAttachments_AttachmentId" ON "OutboxMessageAttachments" ("AttachmentId");
DROP TABLE "OutboxFilesOfMessages";

ALTER TABLE "Subscriptions" ADD "AskedAt" TEXT NULL;

ALTER TABLE "Subscriptions" ADD "StartedAt" TEXT NULL;

ALTER TABLE "Subscriptions" ADD "Starts" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "SubscriptionRecipients" ADD "LeftAt" TEXT NULL;

ALTER TABLE "OutboxMessages" ADD "Sight" TEXT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128080328_LeanSubscriptionMail', '10.0.14');

CREATE TABLE "LabelTotals" (
    "OwnerId" INTEGER NOT NULL, "Label" INTEGER NOT NULL, "IsSlipping" INTEGER NOT NULL, "Leads" INTEGER NOT NULL,
    PRIMARY KEY ("OwnerId", "Label", "IsSlipping")) WITHOUT ROWID;
INSERT INTO "LabelTotals" SELECT COALESCE("OwnerId", 0), "Label", "IsSlipping", COUNT(*) FROM "Leads" WHERE "DeletedAt" IS NULL AND "Label" IS NOT NULL GROUP BY 1, 2, 3;
CREATE TRIGGER "LabelTotals_Insert" AFTER INSERT ON "Leads" WHEN NEW."DeletedAt" IS NULL AND NEW."Label" IS NOT NULL BEGIN INSERT INTO "LabelTotals" VALUES (COALESCE(NEW."OwnerId", 0), NEW."Label", NEW."IsSlipping", 1)
    ON CONFLICT ("OwnerId", "Label", "IsSlipping") DO UPDATE SET "Leads" = "Leads" + 1; END;
CREATE TRIGGER "LabelTotals_Delete" AFTER DELETE ON "Leads" WHEN OLD."DeletedAt" IS NULL AND OLD."Label" IS NOT NULL BEGIN UPDATE "LabelTotals" SET "Leads" = "Leads" - 1
    WHERE "OwnerId" = COALESCE(OLD."OwnerId", 0) AND "Label" = OLD."Label" AND "IsSlipping" = OLD."IsSlipping"; END;
CREATE TRIGGER "LabelTotals_Leave" AFTER UPDATE OF "OwnerId", "Label", "IsSlipping", "DeletedAt" ON "Leads" WHEN OLD."DeletedAt" IS NULL AND OLD."Label" IS NOT NULL AND (OLD."OwnerId" IS NOT NEW."OwnerId" OR OLD."Label" IS NOT NEW."Label" OR OLD."IsSlipping" <> NEW."IsSlipping" OR (OLD."DeletedAt" IS NULL) <> (NEW."DeletedAt" IS NULL)) BEGIN UPDATE "LabelTotals" SET "Leads" = "Leads" - 1
    WHERE "OwnerId" = COALESCE(OLD."OwnerId", 0) AND "Label" = OLD."Label" AND "IsSlipping" = OLD."IsSlipping"; END;
CREATE TRIGGER "LabelTotals_Enter" AFTER UPDATE OF "OwnerId", "Label", "IsSlipping", "DeletedAt" ON "Leads" WHEN NEW."DeletedAt" IS NULL AND NEW."Label" IS NOT NULL AND (OLD."OwnerId" IS NOT NEW."OwnerId" OR OLD."Label" IS NOT NEW."Label" OR OLD."IsSlipping" <> NEW."IsSlipping" OR (OLD."DeletedAt" IS NULL) <> (NEW."DeletedAt" IS NULL)) BEGIN INSERT INTO "LabelTotals" VALUES (COALESCE(NEW."OwnerId", 0), NEW."Label", NEW."IsSlipping", 1)
    ON CONFLICT ("OwnerId", "Label", "IsSlipping") DO UPDATE SET "Leads" = "Leads" + 1; END;

CREATE TABLE "DueTotals" ("DueAt" TEXT NOT NULL PRIMARY KEY, "Leads" INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "DueTotals" SELECT "DueAt", COUNT(*) FROM "Leads" WHERE "DueAt" IS NOT NULL GROUP BY 1;
CREATE TRIGGER "DueTotals_Insert" AFTER INSERT ON "Leads" WHEN NEW."DueAt" IS NOT NULL BEGIN INSERT INTO "DueTotals" VALUES (NEW."DueAt", 1) ON CONFLICT ("DueAt") DO UPDATE SET "Leads" = "Leads" + 1; END;
CREATE TRIGGER "DueTotals_Delete" AFTER DELETE ON "Leads" WHEN OLD."DueAt" IS NOT NULL BEGIN UPDATE "DueTotals" SET "Leads" = "Leads" - 1 WHERE "DueAt" = OLD."DueAt";
    DELETE FROM "DueTotals" WHERE "DueAt" = OLD."DueAt" AND "Leads" = 0; END;
CREATE TRIGGER "DueTotals_Leave" AFTER UPDATE OF "DueAt" ON "Leads" WHEN OLD."DueAt" IS NOT NULL AND OLD."DueAt" IS NOT NEW."DueAt" BEGIN UPDATE "DueTotals" SET "Leads" = "Leads" - 1 WHERE "DueAt" = OLD."DueAt";
    DELETE FROM "DueTotals" WHERE "DueAt" = OLD."DueAt" AND "Leads" = 0; END;
CREATE TRIGGER "DueTotals_Enter" AFTER UPDATE OF "DueAt" ON "Leads" WHEN NEW."DueAt" IS NOT NULL AND OLD."DueAt" IS NOT NEW."DueAt" BEGIN INSERT INTO "DueTotals" VALUES (NEW."DueAt", 1) ON CONFLICT ("DueAt") DO UPDATE SET "Leads" = "Leads" + 1; END;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128093100_LeadSpeed', '10.0.14');

DROP INDEX "IX_LeadPerformance_Label_LastOrderOn";

DROP INDEX "IX_LeadPerformance_Label_Revenue";

ALTER TABLE "Leads" ADD "IsTimeZoneChosen" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "LeadPerformance" ADD "ListedAs" INTEGER NULL;

UPDATE "LeadPerformance" SET "ListedAs" = "Label" WHERE "LeadId" IN (SELECT "Id" FROM "Leads" WHERE "Stage" <> 5 AND "DeletedAt" IS NULL);
UPDATE "Leads" SET "Label" = NULL WHERE "Label" IS NOT NULL AND ("Stage" = 5 OR "DeletedAt" IS NOT NULL);

CREATE INDEX "IX_LeadPerformance_ListedAs_LastOrderOn" ON "LeadPerformance" ("ListedAs", "LastOrderOn");

CREATE INDEX "IX_LeadPerformance_ListedAs_Revenue" ON "LeadPerformance" ("ListedAs", "Revenue");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128110908_OpenLabels', '10.0.14');

ALTER TABLE "Contacts" ADD "OlderValues" TEXT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128111151_ValueTimes', '10.0.14');

DROP INDEX "IX_Leads_Retries";

ALTER TABLE "Leads" ADD "PromisedOn" TEXT NULL;

CREATE INDEX "IX_Leads_Retries" ON "Leads" ("OwnerId", "DueAt", "Id", "RetryCause", "PromisedOn") WHERE [RetryOn] IS NOT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128121248_Promises', '10.0.14');

CREATE INDEX "IX_Links_Cut" ON "Links" ("FirstId") WHERE "CutAt" IS NOT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128122403_CutLinks', '10.0.14');

ALTER TABLE "Links" ADD "IsUndone" INTEGER NOT NULL DEFAULT 0;

CREATE INDEX "IX_Contacts_LoosenedAt_Id" ON "Contacts" ("LoosenedAt", "Id") WHERE "LoosenedAt" IS NOT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128143931_TakenBackLinks', '10.0.14');

ALTER TABLE "Interactions" ADD "ImportKey" INTEGER NULL;

CREATE INDEX "IX_Interactions_ChangedImports" ON "Interactions" ("LeadId") WHERE [ImportKey] IS NOT NULL AND [UpdatedAt] IS NOT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128145819_ImportedRows', '10.0.14');

ALTER TABLE "LeadPerformance" ADD "RhythmDays" REAL NULL;

ALTER TABLE "LeadPerformance" ADD "RhythmSpread" REAL NULL;

UPDATE "LeadPerformance" SET "RhythmDays" = "GapDays", "RhythmSpread" = "GapSpread" WHERE "IsSlipping";

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128181500_Rhythms', '10.0.14');

CREATE INDEX "IX_DuplicatePairs_ClaimedBy" ON "DuplicatePairs" ("ClaimedBy") WHERE "ClaimedBy" IS NOT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128192243_PairsInHand', '10.0.14');

