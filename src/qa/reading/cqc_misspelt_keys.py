"""Finds misspelt keys in a location of CQC's API: those that differ by one letter from a key that is read, as
in a damaged file.

A value under a misspelt key is not read. Keys newly added to the API do not resemble any known key, so they
are not reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

_SHORTEST = 4  # letters; shorter ones are like too many
_READ = frozenset(
    """
    locationId providerId name type careHome providerName brandName postalAddressLine1 postalAddressLine2
    postalAddressTownCity postalCode localAuthority region registrationStatus registrationDate
    deregistrationDate constituency onspdIcbName numberOfBeds onspdLatitude onspdLongitude gacServiceTypes
    specialisms regulatedActivities relationships relatedLocationName inspectionCategories primary
    currentRatings historicRatings overall rating reportDate keyQuestionRatings serviceRatings assessment
    assessmentPlanPublishedDateTime ratings asgRatings topicareas evidenceCategory commentary narrative
    overallPeopleExperience
    """.split()
)
_OTHERS = frozenset(
    ("locationIds", "locationTypes", "locationName", "relatedLocationId")
)  # that the API has, too


def misspelt(place: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each name like one that is read and not beside it, with that one."""
    waiting: list[object] = [place]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            yield from ((name, meant) for name in value if (meant := _meant(name)) and meant not in value)
            waiting += value.values()


@lru_cache(1024)
def _meant(name: str) -> str:
    if name in _READ or name in _OTHERS or len(name) < _SHORTEST:
        return ""
    return min((known for known in _READ if OSA.distance(name, known, score_cutoff=1) == 1), default="")
