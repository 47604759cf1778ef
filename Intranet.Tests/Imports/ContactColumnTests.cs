using Intranet.Data.Imports;

namespace Intranet.Tests.Imports;

/// <summary>What columns of people from anywhere mean, without anybody being asked.</summary>
public sealed class ContactColumnTests
{
    [Theory]
    // People of a census, with what the importer must pass over.
    [InlineData("rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id", "Id,GivenName,FamilyName,HouseNumber,Street,StreetLine2,City,Postcode,State,BirthDate,")]
    [InlineData("id,cluster_id,given_name,surname,full_name,email,phone,date_of_birth,street,city,postcode,state,country,company,gender,kind", "Id,,GivenName,FamilyName,FullName,Email,Phone,BirthDate,Street,City,Postcode,State,Country,Company,,")]
    [InlineData("id,cluster_id,given_name,surname,date_of_birth,street,city,postcode,state,national_id,orig_id", "Id,,GivenName,FamilyName,BirthDate,Street,City,Postcode,State,,")]
    // Restaurants.
    [InlineData("id,name,addr,city,phone,type,class", "Id,FullName,Street,City,Phone,,")]
    // People of history.
    [InlineData("unique_id,cluster,full_name,first_and_surname,first_name,surname,dob,birth_place,postcode_fake,gender,occupation", "Id,,FullName,,GivenName,FamilyName,BirthDate,City,Postcode,,JobTitle")]
    // First and last, given and family: one letter means either.
    [InlineData("rec_id,fname,lname,bday,zip", "Id,GivenName,FamilyName,BirthDate,Postcode")]
    [InlineData("rec_id,gname,fname", "Id,GivenName,FamilyName")]
    // Of two that mean the same one is taken, and it is no reason to ask.
    [InlineData("id,street,address,phone,mobile", "Id,Street,,Phone,")]
    [InlineData("orig_id,record_id,id,external_id", ",,Id,")]
    [InlineData("id,number,street,town", "Id,HouseNumber,Street,City")]
    // Whose it is, and which of several.
    [InlineData("customer_no,company_name,contact_first_name,contact_last_name,work_email,Work phone,address_line_1,address_line_2,town,county,post_code", "Id,Company,GivenName,FamilyName,Email,Phone,Street,StreetLine2,City,State,Postcode")]
    [InlineData("CustomerId,HomePhone1,Phone 2,e-mail 1", "Id,Phone,,Email")]
    [InlineData("Kontakt,Mail", ",Email")]
    public void Columns_are_recognised_by_their_names(string headers, string fields)
    {
        string[] names = headers.Split(',');
        // Values that agree with any name.
        var below = Enumerable.Range(1, 5).Select(line => new RawRow(line + 1, [.. names.Select(name => Value(name, line))])).ToList();

        Assert.Equal(fields.Split(','), ImportColumns.Recognise(ImportKind.Find("contacts")!, names, below));
        Assert.Null(ImportColumns.Problem(ImportKind.Find("contacts")!, names, fields.Split(',')));

        static string Value(string name, int line)
            => name.Contains("mail", StringComparison.OrdinalIgnoreCase) ? $"p{line}@shop.example"
                : name.Contains("phone", StringComparison.OrdinalIgnoreCase) || name.Contains("mobile", StringComparison.OrdinalIgnoreCase) ? $"020 79460{line:000}"
                : name.Contains("post", StringComparison.OrdinalIgnoreCase) ? $"N{line} 1AA" : $"{name.Trim()} {line}";
    }

    [Theory]
    [InlineData("id,reach", "5,ada@shop.example|6,bob@shop.example", "Id,Email")]
    [InlineData("id,reach", "5,+44 20 7946 0001|6,(020) 7946 0002", "Id,Phone")]
    [InlineData("id,reach", "5,ada@shop.example|6,none", "Id,")]
    // A form of address is no job, a kind of phone no number, a consent no address.
    [InlineData("id,title", "5,Mr|6,Mrs.", "Id,")]
    [InlineData("id,title", "5,Buyer|6,Dr", "Id,JobTitle")]
    [InlineData("id,phone_type", "5,mobile|6,home", "Id,")]
    [InlineData("id,email_opt_in", "5,yes|6,no", "Id,")]
    [InlineData("id,national_no,soc_sec_id", "5,5304218,1|6,5304219,2", "Id,,")]
    public void The_look_of_the_values_decides_where_names_leave_it_open(string headers, string rows, string fields)
        => Assert.Equal(fields.Split(','), ImportColumns.Recognise(ImportKind.Find("contacts")!, headers.Split(','), [.. rows.Split('|').Select((row, i) => new RawRow(i + 2, row.Split(',')))]));
}
