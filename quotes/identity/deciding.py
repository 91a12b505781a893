"""Whom a document's speaker is: one of the candidates, or somebody new, perhaps with a pair for a person to judge.

In: the profile of a document's speaker, and those of the speakers its names lead to.  Out: a `Decision`.
A false join is worse than a missed one.  So a full name joins unless something speaks against it; a name
that several bear, a bare surname, an acronym or a generic name ("Finance Ministry") joins only where
something speaks for one candidate, and for no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from quotes.identity.bodies import BodyKind, is_acronym, is_generic, match_bodies
from quotes.identity.context import shared_weight
from quotes.identity.ids import is_open
from quotes.identity.names import BARE, SAFE, Kind, match_people, parts
from quotes.identity.roles import Relation, far_apart, in_office, nothing_in_common, relate_roles, shares_office
from quotes.identity.values import Decision, Profile, Rival
from quotes.speakers import lexicon

SUPPORT = 1.0
"""What must speak for a candidate whose name alone is not enough."""
MARGIN = 0.5
"""By how much the best of several must lead."""
_LITTLE = 0.3
"""What must speak for a full name that alone is not enough."""
_SEVERAL = 0.3
"""What must speak for one of several who bear a full name."""
_ALONE = 0.5
"""What must speak for the only one who bears a surname."""
_COMPARED = 8
"""So many bearers of a name are compared with each other."""
_ASKED = 3
"""Of so many others a person is asked whether they are meant."""
_MANY = 8
"""In so many documents a name has been one person's: the next is taken for the same without more."""
_DAYS = 10
"""Within so many days one outlet means one person by a surname."""
_ROLE: dict[Relation, float] = {
    "same": 1.5, "office": 1.0, "field": 0.25, "unknown": 0.0, "strange": -1.5, "against": -9.0,
}  # fmt: skip
_AGREEING = frozenset({"same", "office", "field"})
_FAR, _REGION = -1.5, 0.25
_COMPANION, _MOST_COMPANIONS, _SAME_OUTLET, _SAME_PLACE, _CONTEXT = 1.0, 2, 0.5, 1.0, 0.5
_BODY_STRENGTH: dict[BodyKind, float] = {"exact": 0.95, "acronym": 0.6, "generic": 0.4, "place": 0.5}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate, how the names agree, and what else speaks for it (above 0) or against it."""

    profile: Profile
    kind: Kind | BodyKind
    strength: float
    relation: Relation
    support: float
    why: str
    all_seen: bool = False
    """Whether the rest of the batch is known."""
    needs_support: bool = False
    """Two roles with nothing in common, or two parts of the world."""

    @property
    def is_possible(self) -> bool:
        """Whether the full names agree and nothing speaks against it."""
        return self.kind in SAFE and self.relation not in ("strange", "against") and not self.needs_support

    @property
    def is_safe(self) -> bool:
        """Whether the names are enough; where roles or spellings differ, with a little that speaks for it."""
        if self.kind not in SAFE or self.relation in ("strange", "against"):
            return False
        doubtful = self.needs_support or (self.kind == "spelling" and not self.all_seen)
        return self.support >= _LITTLE or not doubtful


def decide(local: Profile, candidates: Iterable[Profile], *, all_seen: bool = False) -> Decision:
    """The candidate that a document's speaker is; none where that is not safe.

    `all_seen`: the other documents of the batch are known, so that only one candidate means there is no other.
    """
    weighed = [found for candidate in candidates if (found := weigh(local, candidate, all_seen=all_seen))]
    weighed.sort(key=lambda found: (-found.strength - found.support, found.profile.id))
    rivals = tuple(Rival(w.profile.id, score(w), w.why) for w in weighed if w.relation != "against" and _may_be(w))
    chosen = _choose(local, weighed, all_seen=all_seen)
    if chosen is None:
        if not rivals:
            return Decision(None, "new", 1.0, _why_new(weighed))
        return Decision(None, "unsure", round(1 - rivals[0].score, 2), f"not safe: {rivals[0].why}", rivals[:_ASKED])
    left = tuple(rival for rival in rivals if rival.id != chosen.profile.id)[:_ASKED]
    return Decision(chosen.profile.id, str(chosen.kind), score(chosen), chosen.why, left if chosen.kind in BARE else ())


def score(found: Weighed) -> float:
    """How likely a candidate is the one meant, 0..1."""
    return round(max(0.02, min(0.99, found.strength + 0.15 * found.support)), 2)


def weigh(local: Profile, candidate: Profile, *, all_seen: bool = False) -> Weighed | None:
    """What speaks for and against a candidate; None where the names rule it out."""
    named = _match(local, candidate)
    if named is None:
        return None
    kind, strength, words = named
    relation, role_words = relate_roles(local, candidate)
    told = [words, *([role_words] if role_words else [])]
    support = _ROLE[relation]
    for weight, reason in _surroundings(local, candidate):
        support += weight
        told.append(reason)
    doubtful = relation == "unknown" and nothing_in_common(local, candidate)
    if all_seen and _one_after_the_other(local, candidate):
        doubtful = False
    return Weighed(candidate, kind, strength, relation, support, "; ".join(told), all_seen, doubtful)


def _match(local: Profile, candidate: Profile) -> tuple[Kind | BodyKind, float, str] | None:
    if local.type == candidate.type == "person":
        person = match_people(local.names, candidate.names)
        return (person.kind, person.strength, person.words) if person else None
    if candidate.type == "person" and _may_be_surname(local):
        surname = match_people(local.names, candidate.names)
        return (surname.kind, surname.strength - 0.1, surname.words) if surname and surname.kind == "bare" else None
    if "person" in (local.type, candidate.type):
        # A full name that a program took for a body's.
        full = all(len(parts(profile.name).words) > 1 for profile in (local, candidate))
        person = match_people((local.name,), candidate.names) if full else None
        if person and person.kind == "exact" and not is_generic(local.name):
            return person.kind, person.strength - 0.05, person.words
        return None
    body = match_bodies(local.names, candidate.names)
    return (body.kind, _BODY_STRENGTH[body.kind], body.words) if body else None


def _may_be_surname(local: Profile) -> bool:
    """Whether what a program took for a body may be a surname: one word, and no body's."""
    return parts(local.name).is_bare and not is_acronym(local.name) and not is_generic(local.name)


def _surroundings(local: Profile, candidate: Profile) -> Iterable[tuple[float, str]]:
    if local.type != "person" and far_apart(local, candidate):
        yield _FAR, f"of {min(local.regions)} and of {min(candidate.regions)}"
    elif local.regions & candidate.regions:
        yield _REGION, f"both of {min(local.regions & candidate.regions)}"
    companions = local.companions & candidate.companions
    if companions:
        yield (
            _COMPANION * min(_MOST_COMPANIONS, len(companions)),
            f"both named beside {', '.join(id_.replace('-', ' ').title() for id_ in sorted(companions)[:3])}",
        )
    if _same_outlet(local, candidate):
        yield _SAME_OUTLET, "the same outlet within days"
    if local.places & candidate.places:
        yield _SAME_PLACE, f"both from {min(local.places & candidate.places)}"
    shared = shared_weight(local.context, candidate.context)
    if shared:
        words = sorted((w.lstrip("~") for w in local.context & candidate.context), key=lambda w: (-len(w), w))
        yield _CONTEXT * shared, f"both of {', '.join(words[:3])}"


def _same_outlet(local: Profile, candidate: Profile) -> bool:
    return any(
        outlet == other and abs((date.fromisoformat(day[:10]) - date.fromisoformat(when[:10])).days) <= _DAYS
        for outlet, day in local.outlets
        for other, when in candidate.outlets
    )


def _one_after_the_other(local: Profile, candidate: Profile) -> bool:
    """Whether two were printed in different years, as one life's offices are, and not side by side."""
    if not (local.first_seen and local.last_seen and candidate.first_seen and candidate.last_seen):
        return False
    return local.last_seen < candidate.first_seen or candidate.last_seen < local.first_seen


def _may_be(found: Weighed) -> bool:
    """Whether a candidate is worth a person's look."""
    return found.kind not in BARE or found.support > -1


def _choose(local: Profile, weighed: Sequence[Weighed], *, all_seen: bool) -> Weighed | None:
    possible = [found for found in weighed if found.relation != "against"]
    told = [found for found in possible if not is_open(found.profile)]
    possible = told or possible
    safe = [found for found in possible if found.is_safe]
    if safe:
        return _choose_named(local, safe, weighed, all_seen=all_seen)
    if not possible:
        return None
    best = max(possible, key=lambda found: found.support)
    others = _rivals(best, possible, all_seen=all_seen)
    if best.kind in BARE:
        return best if _surname_fits(local, best, others) else None
    if any(best.support - other.support < MARGIN for other in others):
        return None
    if best.kind == "acronym":
        return best if _initials_fit(local, best, all_seen=all_seen and not others) else None
    if best.kind in SAFE:
        # Two fields of life, or far apart: only what surrounds the name can make them one.
        return best if best.support - _ROLE[best.relation] >= SUPPORT + MARGIN else None
    if best.kind == "added surname":
        return best if best.relation in _AGREEING else None
    if best.kind == "longer name" and not others and _is_rare(local, best.profile):
        return best if best.relation != "strange" else None
    if best.kind == "suffix":
        # Father and son share a town, a name and often a trade.
        return best if best.relation in ("same", "office") and best.support >= 2 * SUPPORT else None
    if best.kind == "generic":
        listed = best.profile.is_known and not others and not far_apart(local, best.profile)
        return best if listed or _is_of_one_place(local, best) else None
    return best if best.support >= SUPPORT and best.relation != "strange" else None


def _rivals(best: Weighed, candidates: Iterable[Weighed], *, all_seen: bool) -> list[Weighed]:
    """The other candidates that are not perhaps the same as the best: those are two, so the name does not tell."""
    rivals = []
    for other in candidates:
        if other is not best:
            found = weigh(best.profile, other.profile, all_seen=all_seen)
            if found is None or not found.is_possible:
                rivals.append(other)
    return rivals


def _choose_named(
    local: Profile, safe: Sequence[Weighed], weighed: Sequence[Weighed], *, all_seen: bool
) -> Weighed | None:
    """Of candidates whose full name agrees: the one that something speaks for, or the only one there is."""
    best = max(safe, key=lambda found: (found.support + 5 * (found.strength - 0.9), found.strength))
    if local.type != "person" and best.profile.type != "person":
        return best
    # Without "Jr." the name is the father's, or of whom there is only one.
    named = [w for w in weighed if w.kind in SAFE and not is_open(w.profile)]
    rivals = _rivals(best, named, all_seen=all_seen)
    if any(best.support - rival.support < MARGIN for rival in rivals):
        return None
    if rivals or _are_several(named, all_seen=all_seen):
        # Several bear the name, so it no longer tells who it is.
        return best if best.support >= _SEVERAL else None
    enough = best.support >= _LITTLE or all_seen or best.profile.is_known or best.profile.documents >= _MANY
    return best if enough else None


def _are_several(named: Sequence[Weighed], *, all_seen: bool) -> bool:
    """Whether a name is known to be borne by two: one of them cannot be meant, or two of them cannot be one."""
    if any(w.relation in ("strange", "against") or w.needs_support for w in named):
        return True
    return any(
        found is None or found.relation in ("strange", "against")
        for one, other in combinations(named[:_COMPARED], 2)
        for found in [weigh(one.profile, other.profile, all_seen=all_seen)]
    )


def _is_rare(local: Profile, candidate: Profile) -> bool:
    """Whether a name is of words that are no common given names: Tayyip Erdogan, Tedros Adhanom."""
    words = min((parts(profile.name).words for profile in (local, candidate)), key=len)
    return not any(lexicon.is_given_name(word) for word in words)


def _is_of_one_place(local: Profile, found: Weighed) -> bool:
    """Whether a name that many places have, such as the Finance Ministry, is printed of one place both times."""
    same_place = local.places & found.profile.places
    same_region = local.regions and local.regions == found.profile.regions
    return bool(same_place or same_region or (local.regions & found.profile.regions and found.support >= SUPPORT))


def _surname_fits(local: Profile, found: Weighed, others: Sequence[Weighed]) -> bool:
    """Whether more than a surname says that this is the one, and nothing that it is another."""
    if found.relation == "strange":
        return False
    if found.kind == "given" and not found.profile.is_known:
        return found.relation in ("same", "office") and not others
    offices = [d for d in found.profile.roles if d.is_known and any(d.role.head == o.role.head for o in local.roles)]
    in_time = any(in_office(dated, local.last_seen) for dated in offices)
    if in_time:
        return not any(other.relation in ("same", "office") for other in others)
    if found.profile.is_known and not others and set(local.names) <= set(found.profile.names):
        return True  # a roster says that this surname alone is enough
    holders = [other for other in others if shares_office(local, other.profile) and other.relation != "strange"]
    if shares_office(local, found.profile) and not holders:
        return True
    if not others:
        return found.support >= (MARGIN / 2 if len(min(local.names, key=len).split()) > 1 else _ALONE)
    ahead = min(found.support - other.support for other in others)
    return found.relation in ("same", "office") and ahead >= SUPPORT and found.support >= SUPPORT


def _initials_fit(local: Profile, found: Weighed, *, all_seen: bool) -> bool:
    """Whether initials mean a body: two letters need more than three, and a body in a roster less than another."""
    short = min(len(name.replace(".", "")) for name in local.names)
    if found.support >= SUPPORT / 2 or found.profile.is_known:
        return True
    if found.support < 0:
        return False
    return short > 2 and all_seen


def _why_new(weighed: Sequence[Weighed]) -> str:
    return f"another person: {weighed[0].why}" if weighed else "first seen here"
