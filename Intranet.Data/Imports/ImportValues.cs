namespace Intranet.Data.Imports;

/// <summary>A row's values by field, cleaned; a field without a column or with an empty cell is "".</summary>
public sealed class ImportValues(int line, IReadOnlyList<string> names, string[] values)
{
    public int Line => line;

    public string this[string field]
    {
        get
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (names[i] == field)
                    return values[i];
            }

            return "";
        }
    }

    public bool Has(string field) => this[field].Length > 0;
}
