"""In which language a text is written: only English is mined, and what is not is said, not dropped."""

import re
from collections import Counter

SAMPLE = 20_000  # characters that a language is told from
SCRIPTS = {  # language, or script where several languages share it → its letters
    "Japanese": "぀-ヿ",
    "Chinese": "一-鿿",
    "Korean": "가-힣",
    "Arabic script": "؀-ۿ",
    "Cyrillic script": "Ѐ-ӿ",
    "Hebrew script": "֐-׿",
    "Greek": "Ͱ-Ͽ",
    "Devanagari script": "ऀ-ॿ",
    "Bengali": "ঀ-৿",
    "Tamil": "஀-௿",
    "Ethiopic script": "ሀ-፿",
    "Burmese": "က-႟",
    "Thai": "฀-๿",
    "Georgian": "Ⴀ-ჿ",
    "Armenian": "԰-֏",
}
WORDS = {  # frequent small words; those that English shares are left out
    "English": "the of and to in that was were with for by from have has had said which this are been it at be is as not but they who their after",
    "Spanish": "el los las del que una por con para fue su se más como pero según entre sobre desde hasta también ha sido y",
    "French": "le les des du une est dans pour qui que sur par avec pas été sont plus au aux cette ont selon après et ce",
    "Portuguese": "os uma do da dos das em não para com foi que por mais como ao pelo pela são entre segundo também foram e na",
    "German": "der das und den von mit sich des ist im dem nicht ein eine auf für als auch es nach bei aus wurden wurde sind",
    "Italian": "il gli della che di per una con non sono del dei delle nel alla dal è stato anche più secondo tra ha questo",
    "Dutch": "het een van dat niet zijn voor met op ook maar bij naar werd hebben heeft uit door aan er en deze worden",
    "Swedish": "och att det som på är av för med den till inte har ett om från men var efter vid eller sina",
    "Danish or Norwegian": "og at det som på er av af til ikke har et om fra men var efter etter ved eller mot mod blev ble",
    "Polish": "się na nie że jest przez oraz po od jak ale są został zostało były był tym dla które który w z i",
    "Romanian": "și în că nu este pentru din cu mai au fost sau după prin către lui ale al între care pe a",
    "Czech or Slovak": "se na že je ve jako pro ale byl bylo byli podle po od také při který které jsou v s z a",
    "Turkish": "ve bir bu için ile da de olarak olan sonra kadar daha ise çok göre gibi ancak en tarafından dedi",
    "Indonesian or Malay": "yang dan di dengan untuk dari pada ini itu dalam tidak akan oleh telah ke mereka juga kata adalah sebagai",
    "Swahili": "na ya wa kwa katika ni za la kuwa watu hiyo huo baada yake wao hao cha kutoka hii pia lakini zaidi",
    "Somali": "iyo oo ka ku ee waa la in uu ay waxa waxaa ayaa soo si kale dadka",
    "Hausa": "da na ta ya wa ba su an cikin wannan kuma domin sun yi ne ce mutane daga",
    "Tagalog": "ang ng sa mga na at ay ni para kay nang hindi kanilang ito mula",
    "Vietnamese": "và của là có cho trong được không những các người một với đã này",
}
LANGUAGES: dict[str, list[str]] = {}
for _language, _words in WORDS.items():
    for _word in _words.split():
        LANGUAGES.setdefault(_word, []).append(_language)


def name_language(text: str) -> str:
    """The language of a text, by its script and its small words: "English", another's English name (or its
    script: "Arabic script"), or "" where it is too short or too much of a table to tell. Looks at the first
    20,000 characters.

    Another language is named only when it clearly outweighs English: names, quotations, capitals and
    tables do not make a text foreign.
    """
    sample = text[:SAMPLE]
    letters = 0 if sample.isascii() else len(re.findall(r"[^\W\d_]", sample))
    for language, span in SCRIPTS.items() if letters >= 10 else ():
        if (
            len(re.findall(f"[{span}]", sample))
            > (0.1 if language == "Japanese" else 0.5) * letters
        ):
            return language
    words = Counter(re.findall(r"[^\W\d_]+", sample.lower()))
    found, kinds = Counter(), Counter()
    for word in words.keys() & LANGUAGES.keys():
        for language in LANGUAGES[word]:
            found[language] += words[word]
            kinds[language] += 1
    english, total = found.pop("English", 0), sum(words.values())
    other, most = found.most_common(1)[0] if found else ("", 0)
    if most >= 8 and kinds[other] >= 5 and most > 2 * english and most > 0.1 * total:
        return other
    return "English" if english >= 3 and english > 0.05 * total else ""
