using System.Globalization;
using Intranet.Data.Leads;

namespace Intranet.Tests.Leads;

public sealed class OpeningHoursTests
{
    [Theory]
    [InlineData("Mo-Fr 11:00-14:30,17:00-22:00; Sa 12:00-23:00; Su off", "Mo-Fr 11:00-14:30,17:00-22:00; Sa 12:00-23:00; Su off")]
    [InlineData("mo-fr 9-17", "Mo-Fr 09:00-17:00; Sa,Su off")]
    [InlineData("11:00-23:00", "Mo-Su 11:00-23:00")]
    [InlineData("24/7", "24/7")]
    [InlineData("Mo-Su 00:00-24:00", "24/7")]
    [InlineData("Monday-Friday: 9:00 - 17:00; Sunday closed", "Mo-Fr 09:00-17:00; Sa,Su off")]
    [InlineData("Mo,We,Fr 17:00-22:00,11:00-14:00", "Mo 11:00-14:00,17:00-22:00; Tu off; We 11:00-14:00,17:00-22:00; Th off; Fr 11:00-14:00,17:00-22:00; Sa,Su off")]
    [InlineData("11:00-23:00; Mo off", "Mo off; Tu-Su 11:00-23:00")]
    [InlineData("Fr-Mo 18:00-02:00", "Mo 18:00-02:00; Tu-Th off; Fr-Su 18:00-02:00")]
    public void They_are_read_and_written(string text, string canonical)
    {
        var hours = OpeningHours.Parse(text, out var problem);

        Assert.Null(problem);
        Assert.Equal(canonical, hours!.ToString());
        Assert.Equal(canonical, OpeningHours.Parse(canonical, out _)!.ToString());
    }

    [Theory]
    [InlineData("Xx 11:00-14:00", "'Xx' is no day. Days are Mo, Tu, We, Th, Fr, Sa and Su.")]
    [InlineData("Mo-Tu-We 11:00-14:00", "'Mo-Tu-We' is no day. Days are Mo, Tu, We, Th, Fr, Sa and Su.")]
    [InlineData("M 11:00-14:00", "'M' is no day. Days are Mo, Tu, We, Th, Fr, Sa and Su.")]
    [InlineData("Mo 11:00", "'11:00' is no time from and to. Write it like 11:00-14:30.")]
    [InlineData("Mo 11:00-25:00", "'11:00-25:00' is no time from and to. Write it like 11:00-14:30.")]
    [InlineData("Mo 11:60-12:00", "'11:60-12:00' is no time from and to. Write it like 11:00-14:30.")]
    [InlineData("Mo 24:00-12:00", "'24:00-12:00' is no time from and to. Write it like 11:00-14:30.")]
    [InlineData("Mo 11:00-15:00,14:00-16:00", "The times in '11:00-15:00,14:00-16:00' overlap.")]
    [InlineData("Mo-Fr", "'Mo-Fr' has no times. Write it like Mo-Fr 11:00-14:30,17:00-22:00, or Su off.")]
    [InlineData("always", "'always' has no times. Write it like Mo-Fr 11:00-14:30,17:00-22:00, or Su off.")]
    [InlineData("Su off", "It would never be open. Leave it empty when the hours are not known.")]
    public void What_is_wrong_is_said(string text, string expected)
    {
        Assert.Null(OpeningHours.Parse(text, out var problem));
        Assert.Equal(expected, problem);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void Nothing_is_no_hours_and_no_problem(string? text)
    {
        Assert.Null(OpeningHours.Parse(text, out var problem));
        Assert.Null(problem);
    }

    // 2030: 15 May is a Wednesday.
    [Theory]
    [InlineData("Mo-Fr 11:00-14:30,17:00-22:00", "2030-05-15T10:59", false)]
    [InlineData("Mo-Fr 11:00-14:30,17:00-22:00", "2030-05-15T11:00", true)]
    [InlineData("Mo-Fr 11:00-14:30,17:00-22:00", "2030-05-15T14:29", true)]
    [InlineData("Mo-Fr 11:00-14:30,17:00-22:00", "2030-05-15T14:30", false)]
    [InlineData("Mo-Fr 11:00-14:30,17:00-22:00", "2030-05-15T21:59", true)]
    [InlineData("Mo-Fr 11:00-14:30,17:00-22:00", "2030-05-18T12:00", false)]
    [InlineData("We 18:00-02:00", "2030-05-15T23:59", true)]
    [InlineData("We 18:00-02:00", "2030-05-16T01:59", true)] // Thursday, still Wednesday's evening
    [InlineData("We 18:00-02:00", "2030-05-16T02:00", false)]
    [InlineData("We 18:00-02:00", "2030-05-15T01:00", false)]
    [InlineData("Su 18:00-02:00", "2030-05-20T01:00", true)] // over the end of the week
    [InlineData("24/7", "2030-05-15T23:59", true)]
    [InlineData("We 18:00-24:00", "2030-05-16T00:00", false)]
    public void It_is_open_or_not(string text, string local, bool isOpen)
        => Assert.Equal(isOpen, OpeningHours.Parse(text, out _)!.IsOpen(DateTime.Parse(local, CultureInfo.InvariantCulture)));
}
