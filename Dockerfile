# Build: the SDK restores from the lock files. The front end is checked in, so no Node. Compiled ahead for the machine
# that builds: most of a start is compiling libraries.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN dotnet restore Intranet.Web --locked-mode
RUN dotnet publish Intranet.Web -c Release -o /app -p:ReadyFor=linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/') -p:UseAppHost=false

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# One volume for the database, mails and uploads, owned by the image's unprivileged user.
RUN mkdir /data && chown $APP_UID /data
ENV HTTP_PORTS=8080 Data__Folder=/data
VOLUME /data
EXPOSE 8080
USER $APP_UID
# The image has no curl: the app asks itself.
HEALTHCHECK --interval=15s --timeout=6s --start-period=30s CMD ["dotnet", "Intranet.Web.dll", "--health"]
ENTRYPOINT ["dotnet", "Intranet.Web.dll"]
