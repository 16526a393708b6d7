"""What names of persons look like in any European alphabet, and which words tell that it is no person.

Regular expressions as DuckDB reads them (RE2), where Lu is any capital letter and Ll any small one; letters may carry
their accents beside them (M).
"""

SMALL = r"[\p{Ll}\p{M}]"
ONE = rf"(?:\p{{Lu}}['’])?\p{{Lu}}{SMALL}+(?:\p{{Lu}}{SMALL}+)?"  # Erika, O'Brien, McDonald
WORD = rf"{ONE}(?:-{ONE})?"  # Anna-Lena
CAPITALS = r"\p{Lu}[\p{Lu}\p{M}ß]*(?:['’-]?[\p{Lu}\p{M}ß]+)+"  # ERIKA, ÖZ-KAYA
INITIAL = r"\p{Lu}\."
TITLES = r"(?:(?:Dr|Prof|Dipl|Mag|Ing|med|jur|phil|h\. ?c)\.(?:-Ing\.)? ?|Herr |Frau |Familie )*"
PARTICLE = (
    r"(?:(?:von|van|vom|zu|zur|zum|de|der|den|del|della|di|da|do|dos|du|la|le|el|al|bin|ibn|ben|ten|ter|af|av)"
    r" (?:der |den |dem |la )?)?"
)

FULL = (
    rf"^{TITLES}(?:"
    rf"(?:{WORD}|{INITIAL})(?: (?:{WORD}|{INITIAL})){{0,2}} {PARTICLE}{WORD}"  # two to four words
    rf"|{CAPITALS}(?: {CAPITALS}){{1,3}}"
    r")$"
)
SURNAME_FIRST = (
    rf"^{TITLES}{PARTICLE}(?:{WORD}|{CAPITALS}), ?"
    rf"{TITLES}(?:{WORD}|{CAPITALS})(?: (?:{WORD}|{INITIAL}|{CAPITALS})){{0,2}}$"
)
NO_PERSON = (
    # what begins like a place, a body or a title …
    r"(?i)^(?:bad|sankt|st\.|alte[rs]?|neue[rs]?|gro(?:ß|ss)e[rs]?|kleine[rs]?|lange[rs]?|obere[rs]?|untere[rs]?|offene[rs]?"
    r"|sichere[rs]?|gute[rs]?|sehr|am|im|an|auf|in|bei|zum|zur|der|die|das|den|ein|eine|kein|keine|nicht|mehr|mit|ohne|für"
    r"|unter|über|und|the|new|old|north|south|east|west|upper|lower) "
    # … or has a word that ends like one
    r"|(?:stra(?:ß|ss)e|str\.|platz|weg|gasse|allee|ufer|damm|brücke|tunnel|bahnhof|haltestelle|friedhof|siedlung|viertel"
    r"|stadt|bezirk|gebiet|park|garten|anlage|kirche|schule|gymnasium|kita|heim|treff|zentrum|verein|verband|verbund|beirat|rat"
    r"|amt|behörde|polizei|feuerwehr|werk|gericht|anwaltschaft|hilfe|beratung|stelle|gruppe|team|projekt|programm|dienst"
    r"|ung|heit|keit|schaft|ation|tät|ismus|delikte?|diebstahl|betrug|raub|gewalt"
    r"|street|road|lane|avenue|drive|close|square|school|elementary|middle|high|union|unified|district|station"
    r"|police|council|centre|center)(?: |$)"
)
