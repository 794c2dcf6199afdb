"""Questions made from a table, each with the answer that it must get: one maker a kind of question."""

from __future__ import annotations

from collections.abc import Mapping

from questions import figures, subjects
from questions.filling import Maker

__all__ = ["HISTORY_MAKERS", "MAKERS", "Maker"]

MAKERS: Mapping[str, Maker] = {
    "lookup_overall": subjects.lookup_overall,
    "lookup_aspect": subjects.lookup_aspect,
    "lookup_service": subjects.lookup_service,
    "when": subjects.when,
    "who_runs": subjects.who_runs,
    "count_kind_rating_place": figures.filtered,
    "count_kind_place": figures.count_kind_place,
    "count_rating_place": figures.count_rating_place,
    "count_aspect": figures.by_aspect,
    "list_kind_rating_place": figures.filtered,
    "list_aspect": figures.by_aspect,
    "share": figures.share,
    "compare_subjects": subjects.compare_subjects,
    "compare_places": figures.compare_places,
    "compare_shares": figures.compare_shares,
    "compare_providers": figures.compare_providers,
    "rank_most": figures.rank(),
    "rank_fewest": figures.rank(low=True),
    "rank_within": figures.rank(within=True),
    "rank_share": figures.rank_share,
    "provider_count": figures.provider(),
    "provider_rating": figures.provider(rated=True),
    "provider_list": figures.provider(),
    "yes_no_rating": subjects.yes_no_rating,
    "any_place": figures.checked(lambda hits, whole: hits > 0),
    "all_place": figures.checked(lambda hits, whole: hits == whole > 0, exceptions=True),
    "none_place": figures.checked(lambda hits, whole: hits == 0),
    "combination": figures.combination,
    "published_year": figures.published_year,
    "shared_name": subjects.shared_name,
    "shared_settled": subjects.shared_settled,
    "follow_place": figures.follow_place,
    "follow_rating": figures.follow_rating,
    "follow_those": figures.follow_those,
    "follow_aspect": subjects.lookup_aspect,
    "follow_when": subjects.when,
    "follow_name": figures.follow_name,
    "follow_provider": subjects.who_runs,
    "unknown_name": subjects.unknown_name,
    "unknown_place": subjects.unknown_place,
    "not_held": subjects.not_held,
    "not_held_place": subjects.not_held,
}
HISTORY_MAKERS: Mapping[str, Maker] = {
    "history_before": subjects.before,
    "history_changed": subjects.changed,
    "history_improved": subjects.moved(1),
    "history_worsened": subjects.moved(-1),
    "history_follow": subjects.before,
}
