using System.Collections.Frozen;

namespace Intranet.Data.Contacts.Matching;

/// <summary>
/// Which given names are short or foreign for which. A line is one group; a name may stand in several (Alex). Names of two
/// groups are not the same person's for being in a third together.
/// </summary>
internal static class Nicknames
{
    private const string Groups = """
        william bill billy will willy willie liam wim wilhelm guillaume guillermo guglielmo
        robert bob bobby rob robbie robin bert roberto rupert robb
        richard rick ricky rich richie dick dickie ricardo riccardo
        james jim jimmy jamie jem jacques jaime giacomo
        john jon johnny jack jackie johnnie ian sean shaun shawn juan jean johann johannes hans giovanni ivan jan joao evan
        jonathan jon jonny nathan
        joseph joe joey jo josef jose giuseppe pepe jupp
        charles charlie chuck chas carlos carlo karl carl karol charley
        thomas tom tommy tomas tommaso thom
        edward ed eddie ned ted teddy eduardo eduard edouard
        edmund ed eddie ned edmond
        edwin ed eddie
        theodore ted teddy theo teodoro
        henry harry hank hal heinrich heinz henri enrique enrico hendrik henrik
        harold harry hal
        george georgie jorge georg georges giorgio jerzy jurgen
        michael mike mick mickey micky mikey michel miguel michele mikhail misha michal
        matthew matt matty matthias mateo matteo mathieu
        christopher chris kit topher kris christoph christophe cristoforo
        christian chris kris
        daniel dan danny dani daniele
        david dave davy davey davide dai
        andrew andy drew andreas andre andres andrea andrei andrzej
        anthony tony ant antonio anton antoine antoni
        nicholas nick nicky nico nicolas nikolaus klaus niklas nicola nikolai claus
        stephen steven steve stevie stefan stephan etienne esteban stefano szczepan
        peter pete pedro pierre pietro piotr pyotr
        paul paulie pablo paolo pavel pawel
        patrick pat paddy patricio
        philip phil pip philippe felipe filippo phillip
        samuel sam sammy
        benjamin ben benny benji benjy
        alexander alex alec al sandy sascha sasha xander alexandre alejandro alessandro aleksander lex
        alan al allan allen
        albert al bert bertie alberto
        alfred alf alfie fred freddie al alfredo
        frederick fred freddie freddy rick fritz friedrich federico frederic fredrik
        francis frank frankie fran francisco franz francois francesco pancho paco
        franklin frank
        gregory greg gregg gregor gregorio grzegorz
        geoffrey geoff jeff jeffrey gottfried
        gerald gerry jerry gerd gerhard
        gerard gerry
        jeremy jerry jez jeremiah
        jerome jerry
        kenneth ken kenny
        lawrence larry lorenzo laurent lars laurence laurie lorenz
        leonard leo len lenny leonardo leon lennie
        louis lou louie luis luigi ludwig lewis
        martin marty martino
        nathaniel nat nate nathan
        oliver ollie olivier oli
        raymond ray raimund ramon
        reginald reg reggie
        ronald ron ronnie
        donald don donnie
        roger rog rodger ruediger
        russell russ rusty
        stanley stan
        stuart stu stewart
        terence terry terrence
        timothy tim timmy
        tobias toby
        vincent vin vince vinnie vincenzo vicente
        victor vic viktor vittorio
        walter walt wally gualtiero
        zachary zach zack zac
        abraham abe
        arthur art artie arturo
        bernard bernie barney bernhard bernardo
        bartholomew bart
        calvin cal
        clifford cliff
        clinton clint
        cornelius neil con
        dennis den denny denis
        dominic dom nic dominik domenico
        douglas doug dougie
        eugene gene eugenio
        gabriel gabe gabi
        harvey harv
        herbert herb bert bertie
        howard howie
        hubert hugh bert
        isaac ike zac
        jacob jake jakob jacobo
        joel jo
        joshua josh
        lucas luke luc lukas luca
        maximilian max maxi massimo
        maxwell max
        mitchell mitch
        marcus mark marc marco marcos markus
        norman norm
        randolph randy
        rudolf rudy rolf rodolfo rudolph
        sebastian seb bastian basti sebastien
        simon si simone
        solomon sol
        sylvester sly
        wesley wes
        elizabeth liz lizzie beth betty betsy eliza libby bess elsie lisa elisabeth isabel elsbeth lilibeth liza lizbeth elise bettina elspeth elisabetta
        isabella bella isabel izzy isabelle ysabel
        margaret maggie meg peggy marge margie madge greta rita peg margot marguerite margarita margarete gretchen daisy margherita
        mary molly polly maria marie may mamie mae
        katherine kate kathy katie kat kay kitty katy cathy catherine katharine kathryn caitlin katharina catarina katarina ekaterina katja karin caterina
        kathleen kathy kate kath
        patricia pat patty tricia trish patti patsy patrizia
        jennifer jen jenny jenn jennie
        jessica jess jessie
        susan sue susie suzy suzanne susanna susannah susanne suzie sanna
        barbara barb babs barbie bobbie
        deborah deb debbie debra debby
        rebecca becky becca bec rebekah
        samantha sam sammy
        stephanie steph stefanie stephie steffi stefania
        victoria vicky vicki tori vic viktoria vittoria
        alexandra alex sandra sandy lexi sasha aleksandra alessandra alexa
        cassandra sandra cass cassie
        angela angie angel angelina
        amanda mandy
        andrea andi
        ann anne anna annie nan nancy hannah anita anja annette
        antonia toni
        abigail abby gail
        agnes aggie nessa
        agnieszka aga
        alice ali allie alicia alison
        allison ali allie alison
        beatrice bea trixie beatrix bice
        bridget biddy bridie brigitte birgit brigid brigida
        caroline carol carrie lina karoline carolina carolyn
        charlotte lottie charlie lotte carlotta
        christine chris chrissy tina christina kristin christiane kirsten kristina cristina kerstin
        cynthia cindy
        constance connie
        claudia claude
        danielle dani daniela
        diana di diane
        dorothy dot dottie dolly dora dorothea
        eleanor ellie nell nora nellie eleonore elena eleonora
        ellen ellie nell helen elena
        helen helena nell lena ellen helene elena
        emily em emmy emilia emmie
        emma em emmy
        florence flo florrie flossie
        frances fran fanny francie frankie francesca franziska francoise
        francesca fran franca
        georgina georgie gina georgia
        geraldine gerry
        gertrude gertie trudy
        gwendolyn gwen wendy
        harriet hattie harriette
        henrietta hattie etta hetty
        irene rene
        jacqueline jackie jacqui
        jane janie jenny janet jean joan jeanne giovanna juana johanna joanna
        joanna jo joanne johanna
        josephine jo josie josefina
        joyce joy
        judith judy judi
        julia julie jules giulia
        juliet jules julie
        kimberly kim kimberley kimmy
        laura laurie lori
        lauren laurie
        leonora nora lena
        lillian lily lil lilian
        linda lindy lin
        louise lou luisa louisa
        lucy lucille lucia luzia
        madeline maddie maddy madeleine maddalena
        magdalena lena magda
        martha marty mattie marta
        matilda tilly mattie mathilda
        melissa mel missy
        melanie mel
        michelle shelly michele micaela
        mildred millie
        millicent millie
        miriam mimi mim
        natalie nat natalia natasha
        nicole nicky nikki nicola
        olivia liv livvy
        pamela pam
        penelope penny
        philippa pippa
        priscilla cilla
        rachel rach raquel
        roberta bobbie robbie
        rosemary rose rosie
        rose rosie rosa rosalie
        rosalind ros roz
        ruth ruthie
        sarah sara sally sadie
        sophia sophie sofia zofia sofie
        sylvia silvia
        teresa terri terry tess tessa theresa therese
        tamara tammy
        tabitha tabby
        theodora dora thea
        ursula uschi ulla
        valerie val valeria
        veronica ronnie vera nicky
        virginia ginny ginger
        winifred winnie freda
        yvonne evie
        sergei serge sergey sergio serhei sergej
        mohammed mohammad muhammad mohamed mo
        yusuf youssef yousef joseph
        ibrahim abraham
        vladimir vlad vova
        dmitri dmitry dima
        giuseppina pina
        wolfgang wolf
        gunther guenther gunter guenter
        juergen jurgen
        joerg jorg
        bjorn bjoern
        soren soeren
        rajesh raj
        rajendra raj
        vijay vij
        krishna kris
        malgorzata gosia
        katarzyna kasia
        joao john
        chinedu nedu
        emmanuel manny manuel emanuel manu
        manuel manny manolo
        ignatius iggy ignacio nacho
        """;

    /// <summary>For each name the numbers of its groups, from 1 on; four at most.</summary>
    public static FrozenDictionary<string, ushort[]> All { get; } = Groups.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .SelectMany((line, number) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Select(name => (Name: name, Group: (ushort)(number + 1))))
        .GroupBy(entry => entry.Name, entry => entry.Group)
        .ToFrozenDictionary(names => names.Key, names => names.Take(4).ToArray());

    /// <summary>The name a group is headed by: the key under which short forms are looked for.</summary>
    public static string[] Heads { get; } = [.. Groups.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)])];

    /// <summary>The groups of a name in one number, sixteen bits each; 0 for a name in none.</summary>
    public static ulong GroupsOf(string name)
    {
        ulong packed = 0;
        if (All.TryGetValue(name, out var groups))
            foreach (var group in groups)
                packed = (packed << 16) | group;
        return packed;
    }

    /// <summary>Whether two names, given by <see cref="GroupsOf"/>, may be one.</summary>
    public static bool Share(ulong a, ulong b)
    {
        for (; a != 0; a >>= 16)
            for (var rest = b; rest != 0; rest >>= 16)
                if ((ushort)a == (ushort)rest)
                    return true;
        return false;
    }
}
