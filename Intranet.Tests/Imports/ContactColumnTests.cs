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
    [InlineData("unique_id,name,address,city,phone,type,class,cluster", "Id,FullName,Street,City,Phone,,,")]
    // Voters, as registers of several states call it.
    [InlineData("voter_id,last_name,first_name,midl_name,name_suffix_lbl,res_street_address,res_city_desc,state_cd,zip_code,full_phone_number,birth_age,birth_year,gender_code", "Id,FamilyName,GivenName,,,Street,City,State,Postcode,Phone,,BirthDate,")]
    [InlineData("county_id,county_desc,voter_reg_num,status_cd,voter_status_desc,last_name,first_name,middle_name,res_street_address,res_city_desc,state_cd,zip_code,mail_addr1,mail_addr2,mail_city,mail_state,mail_zipcode,age_at_year_end,birth_state,ncid", ",,Id,,,FamilyName,GivenName,,Street,City,State,Postcode,,,,,,,,")]
    [InlineData("mail_addr1,mail_addr2,mail_city,mail_state,mail_zipcode", "Street,StreetLine2,City,State,Postcode")]
    [InlineData("house_num,street_name,street_type_cd,unit_num,res_city_desc,county_desc", "HouseNumber,Street,,,City,State")]
    [InlineData("recid,givenname,surname,suburb,postcode,ec_id", "Id,GivenName,FamilyName,City,Postcode,")]
    // The census again, with the columns that others add to it.
    [InlineData("rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, age, phone_number, soc_sec_id, blocking_number, cluster", "Id,GivenName,FamilyName,HouseNumber,Street,StreetLine2,City,Postcode,State,BirthDate,,Phone,,,")]
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
            => name.Contains("mail", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("mail_", StringComparison.Ordinal) ? $"p{line}@shop.example"
                : name.Contains("phone", StringComparison.OrdinalIgnoreCase) || name.Contains("mobile", StringComparison.OrdinalIgnoreCase) ? $"020 79460{line:000}"
                : name.Contains("post", StringComparison.OrdinalIgnoreCase) || name.Contains("zip", StringComparison.OrdinalIgnoreCase) ? $"N{line} 1AA" : $"{name.Trim()} {line}";
    }

    // One column of well-known files at a time: what is next to it must not be what makes it understood.
    [Theory]
    [InlineData("rec_id", "1", "Id")]
    [InlineData("recid", "1", "Id")]
    [InlineData("unique_id", "Q1-1", "Id")]
    [InlineData("voter_id", "7321", "Id")]
    [InlineData("voter_reg_num", "000007321", "Id")]
    [InlineData("given_name", "ada", "GivenName")]
    [InlineData("first_name", "ada", "GivenName")]
    [InlineData("last_name", "byron", "FamilyName")]
    [InlineData("full_name", "ada byron", "FullName")]
    [InlineData("first_and_surname", "ada byron", "FullName")]
    [InlineData("name", "arts deli", "FullName")]
    [InlineData("addr", "12224 ventura blvd.", "Street")]
    [InlineData("address_1", "finlayson place", "Street")]
    [InlineData("res_street_address", "7 OAK ST", "Street")]
    [InlineData("address_2", "the glen", "StreetLine2")]
    [InlineData("street_number", "7", "HouseNumber")]
    [InlineData("suburb", "wyong", "City")]
    [InlineData("res_city_desc", "RALEIGH", "City")]
    [InlineData("birth_place", "london", "City")]
    [InlineData("state", "nsw", "State")]
    [InlineData("state_cd", "NC", "State")]
    [InlineData("county_desc", "WAKE", "State")]
    [InlineData("postcode", "2650", "Postcode")]
    [InlineData("zip_code", "27601", "Postcode")]
    [InlineData("postcode_fake", "ta4 2ug", "Postcode")]
    [InlineData("phone_number", "04 66220155", "Phone")]
    [InlineData("full_phone_number", "9195550143", "Phone")]
    [InlineData("phone", "818/762-1221", "Phone")]
    [InlineData("date_of_birth", "19640512", "BirthDate")]
    [InlineData("dob", "1860-01-01", "BirthDate")]
    [InlineData("birth_year", "1964", "BirthDate")]
    [InlineData("occupation", "politician", "JobTitle")]
    // Labels, numbers of other lists, and what we have no field for.
    [InlineData("type", "american", "")]
    [InlineData("class", "7", "")]
    [InlineData("cluster", "Q2296770", "")]
    [InlineData("cluster_id", "2296770", "")]
    [InlineData("ec_id", "5304218", "")]
    [InlineData("ssn", "5304218", "")]
    [InlineData("soc_sec_id", "5304218", "")]
    [InlineData("blocking_number", "5304218", "")]
    [InlineData("phone_id", "5304218", "")]
    [InlineData("zip_code_id", "53042", "")]
    [InlineData("county_id", "92", "")]
    [InlineData("city_code", "1204", "")]
    [InlineData("state_cd", "37", "")]
    [InlineData("status_cd", "A", "")]
    [InlineData("gender", "male", "")]
    [InlineData("gender_code", "F", "")]
    [InlineData("age", "33", "")]
    [InlineData("birth_age", "33", "")]
    [InlineData("birth_state", "NC", "")]
    [InlineData("midl_name", "LEE", "")]
    [InlineData("middle_name", "LEE", "")]
    [InlineData("name_suffix_lbl", "JR", "")]
    public void Each_column_of_well_known_files_has_its_meaning_alone_and_beside_others(string header, string value, string field)
    {
        var kind = ImportKind.Find("contacts")!;
        var below = Enumerable.Range(0, 5).Select(line => new RawRow(line + 2, [value.Any(char.IsAsciiDigit) && field is "Id" ? $"{value}{line}" : value, "x"])).ToList();
        Assert.Equal([field], ImportColumns.Recognise(kind, [header], below));
        Assert.Equal([field, ""], ImportColumns.Recognise(kind, [header, "remarks"], below));
        Assert.Equal([field, ""], ImportColumns.Recognise(kind, [header.Replace('_', ' ').ToUpperInvariant(), "cluster"], below));
    }

    [Theory]
    [InlineData("id,contact_no", "5,98200 12345|6,98200 12346", "Id,Phone")]
    [InlineData("contact_no,name", "C-5,Ada|C-6,Bob", "Id,FullName")]
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
