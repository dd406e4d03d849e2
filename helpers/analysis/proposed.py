"""Proposed: the claims of a corpus that nobody has coded yet.

claims.csv is what people wrote. Where it is missing this module decides to propose; nothing below
the analysis does, so that the claims never import the extractor.
"""

from pathlib import Path

import pandas as pd

from helpers.claims.gate import check_claims, describe_age
from helpers.claims.proposals import PROPOSED, load_proposals
from helpers.schema.csv_files import read_column_names
from helpers.schema.errors import CorpusError


def load_proposed(
    folder: Path, documents: pd.DataFrame, places: pd.DataFrame, country: str = ""
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """(claims, places, a remark or "") of a corpus without claims.csv: the rows of proposals.csv
    where they stand in the texts, else what the rules propose now, in memory. Claims are typed as
    load_claims types them; the remark says why proposals.csv was not used."""
    remark, file = "", folder / PROPOSED
    if file.exists():
        try:
            claims = check_claims(load_proposals(folder), documents, places, PROPOSED)
            columns = read_column_names(file)
            remark = describe_age(PROPOSED, columns, "00_propose_claims writes")
            return claims, places, remark
        except CorpusError as fault:
            first = next((line.strip() for line in str(fault).splitlines()[1:]), str(fault))
            remark = (
                f"{PROPOSED} does not stand in these texts and was not used ({first}); "
                "00_propose_claims writes it anew."
            )
    from helpers.extract.propose import propose_claims

    proposals = propose_claims(documents, places, country)
    claims = check_claims(proposals.claims, documents, proposals.places, "proposed claims")
    return claims, proposals.places, remark
