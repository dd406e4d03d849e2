"""Overview: what each text of a corpus is called and says of itself."""

import pandas as pd

from helpers.corpus.copies import name_stories

MOST = 200  # texts that a notebook lists; documents.csv has them all
ASKED = "none stated: write it into documents.csv"


def list_texts(documents: pd.DataFrame) -> pd.DataFrame:
    """What the texts say of themselves. One row is one text, named by its doc_id: title, publisher,
    published (day, or two between which it lies), from (what says so: a dateline, a page's data, a
    column; or that a person should write it), remark (a copy of which text; what was not read). Of
    more than 200 texts those without a day come first and the rest is left to documents.csv."""
    stories = name_stories(documents)
    undated = documents["published"] == ""
    if len(documents) > MOST:
        order = undated.sort_values(ascending=False, kind="stable").index[:MOST]
        documents, undated = documents.loc[order], undated.loc[order]
    copies = documents["doc_id"].map(stories)
    copied = ("a copy of " + copies).where(copies != documents["doc_id"], "")
    notes = documents["note"].where(copied == "", copied + "; " + documents["note"])
    table = pd.DataFrame(
        {
            "text": documents["doc_id"],
            "title": documents["title"],
            "publisher": documents["publisher"].replace("", "unknown"),
            "published": documents["published"].mask(undated, "?"),
            "from": documents["published_basis"].mask(undated, ASKED),
            "remark": notes.str.strip("; "),
        }
    )
    if not (table["remark"] != "").any():
        table = table.drop(columns="remark")
    return table.set_index("text")


def list_parts(documents: pd.DataFrame) -> list[str]:
    """Files of several texts, and stories of several, a line each: an export or a live blog that
    was read part by part, and which texts are one story, the first of which stands for all."""
    files = documents["file"].str.rpartition("#")[0]
    kinds = documents["note"].str.extract(r"^one of [\d,]+ (\w+) of an? ([\w ]+)")
    is_part = kinds[0].notna() & (files != "")
    lines = []
    for (file, what, whole), group in documents[is_part].groupby(
        [files[is_part], kinds[0][is_part], kinds[1][is_part]], sort=False
    ):
        article = "an" if whole[0] in "aeiou" else "a"
        dated = int((group["published"] != "").sum())
        lines.append(
            f"{file} is {article} {whole} of {len(group):,} {what}, read as a text each; "
            f"{dated:,} of them state their day"
        )
    stories = documents["doc_id"].map(name_stories(documents))
    copies = documents[stories != documents["doc_id"]]
    told = copies.groupby(stories[copies.index], sort=False)["doc_id"].agg(list)
    for first, ids in list(told.items())[:10]:
        named = ", ".join(ids[:5]) + (" …" if len(ids) > 5 else "")
        verb = "is a copy" if len(ids) == 1 else "are copies"
        lines.append(
            f"{named} {verb} of {first}: one story, counted as one text and one source, and "
            f"{first} stands for it; if not, write a text's own id into copy_of in documents.csv"
        )
    if len(told) > 10:
        lines.append(f"{len(told) - 10:,} more stories stand more than once: copy_of has them")
    return lines
