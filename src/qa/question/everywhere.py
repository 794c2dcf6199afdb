"""Words for all places in the tables, and for the rest of a place."""

from __future__ import annotations

from qa.question.chunks import Chunks

# "nationally", "in England".
OF_THE_COUNTRY = frozenset("countrywide england national nationally nationwide".split())
EVERYWHERE = OF_THE_COUNTRY | {"country", "everywhere", "nation"}


def rest_of_place(chunks: Chunks) -> bool:
    """True for "the rest of Kent", "the rest of the country": the rest of a place, not of the previous
    answer."""
    for chunk in chunks:
        if chunk.says("follow", "other"):
            behind = [one for one in chunks[chunks.index(chunk) + 1 :] if one.text not in ("the", "a")]
            whole = len(behind) > 1 and behind[1].text in ("england", "country", "table", "directory", "list")
            if (
                [one.text for one in behind[:1]] == ["of"]
                and len(behind) > 1
                and (whole or behind[1].kind == "where")
            ):
                return True
    return False
