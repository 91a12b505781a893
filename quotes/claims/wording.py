"""Pieces of English that questions are made of: forms of verbs, many of a thing, what a clause says of its figure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTICIPLES = {
    "become": "become", "begin": "begun", "bring": "brought", "build": "built", "buy": "bought", "catch": "caught",
    "choose": "chosen", "cost": "cost", "cut": "cut", "do": "done", "draw": "drawn", "drive": "driven", "eat": "eaten",
    "feed": "fed", "find": "found", "fly": "flown", "get": "got", "give": "given", "grow": "grown", "hear": "heard",
    "hit": "hit", "hold": "held", "hurt": "hurt", "keep": "kept", "know": "known", "lay": "laid",
    "lead": "led", "leave": "left",
    "lend": "lent", "let": "let", "lose": "lost", "make": "made", "meet": "met", "pay": "paid",
    "occur": "occurred", "admit": "admitted", "commit": "committed", "emit": "emitted",
    "prefer": "preferred", "refer": "referred", "put": "put",
    "raise": "raised", "read": "read", "rebuild": "rebuilt", "rise": "risen", "run": "run", "see": "seen",
    "seek": "sought", "sell": "sold", "send": "sent", "set": "set", "shed": "shed", "shoot": "shot", "show": "shown",
    "shut": "shut", "spend": "spent", "steal": "stolen", "strike": "struck", "take": "taken", "teach": "taught",
    "tell": "told", "think": "thought", "throw": "thrown", "win": "won", "write": "written",
}  # fmt: skip
_PASTS = {
    "begin": "began", "choose": "chose", "do": "did", "draw": "drew", "drive": "drove", "eat": "ate", "fly": "flew",
    "give": "gave", "know": "knew", "grow": "grew", "rise": "rose", "run": "ran", "see": "saw", "show": "showed",
    "steal": "stole",
    "take": "took", "throw": "threw", "write": "wrote", "become": "became",
}  # fmt: skip
_MANY = {"man": "men", "woman": "women", "child": "children", "person": "people", "life": "lives", "foot": "feet"}
_PLURAL = frozenset({"people", "men", "women", "children", "police", "lives", "wages", "prices", "feet", "deaths"})
_LINKS = r"of|in|on|at|for|from|to|by|with|near|under|among|who|that|which|between"
_PRONOUN = re.compile(
    r"i|we|you|he|she|it|they|me|us|him|her|them|my|our|your|his|its|this|that|these|those|there|who|which"
)
_COMPARING = re.compile(
    r"a|an|the|all|some|about|around|almost|nearly|roughly|approximately|over|under|only|just|at|least|most|more|fewer"
    r"|less|than|up|to|as|many|few|of|another|estimated|further|additional|total|and|but|that|now|still|between|exactly"
    r"|well|not|even"
)
_BEFORE_FIGURE = re.compile(
    r"(?:(?:^|\s)(?:(?:more|fewer|less|higher) than|at (?:least|most)|as many as|up to|a total of|an estimated"
    r"|an additional|a further|about|around|almost|nearly|roughly|approximately|over|some|only|just|the|another|between"
    r"|all))*$",
    re.IGNORECASE,
)
_BE_OR_HAVE = r"is|are|was|were|has|have|had|will|would|could|can|may|might|should|must|did|do|does|remain|remained"
_ASKED_WITH = r"has|have|had|will|would|could|can|may|might|should|must"
_DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october"
    r"|november|december|year|years|month|months|week|weeks|quarter|morning|evening|night|decade|today|yesterday"
)
_ENDS = re.compile(
    rf"""[,;:—()“”"]|(?<!of\ the\ )(?<!of\ its\ )(?<![\d.,])\d|\s[-–]\s|\.(?=\s|$)
    |\b(?:after|before|when|while|because|since|until|if|although|though|as|and|but|or|where|compared|according
        |including|than|rather|down\ from|up\ from|whom|whose|today|yesterday|so\ far)\b
    |(?<!those\ )\b(?:who|which|that)\b
    |\b(?:at|in|on|by|during|over|for|from)\ (?:the\ )?(?:\w+\ ){{0,2}}?
        (?:(?:end|beginning|start)\ of\b|(?:{_DAYS})\b)""",
    re.VERBOSE | re.IGNORECASE,
)


def participle(verb: str) -> str:
    """The form that stands in a passive: create → created, build → built."""
    return _PARTICIPLES.get(verb) or _regular(verb)


def past(verb: str) -> str:
    """The form that tells what happened: survey → surveyed, take → took."""
    return _PASTS.get(verb) or participle(verb)


def _regular(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if re.search(r"[^aeiou]y$", verb):
        return verb[:-1] + "ied"
    doubled = re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb) is not None
    return verb + (verb[-1] if doubled else "") + "ed"


def many(thing: str) -> str:
    """A thing as it is counted, its head in the plural: worker → workers, member of staff → members of staff."""
    match = re.search(rf"\s(?:{_LINKS})\s", thing)
    head, rest = (thing[: match.start()], thing[match.start() :]) if match else (thing, "")
    first, space, word = head.rpartition(" ")
    if not word or is_many(word) or not word.isalpha():
        return thing
    if word in _MANY:
        word = _MANY[word]
    elif re.search(r"[^aeiou]y$", word):
        word = word[:-1] + "ies"
    else:
        word += "es" if re.search(r"(?:s|x|ch|sh)$", word) else "s"
    return f"{first}{space}{word}{rest}"


def is_many(thing: str) -> bool:
    """Whether a thing is named in the plural, by its head: jobs on the coast."""
    head = re.split(rf"\s(?:{_LINKS})\s", thing)[0].rpartition(" ")[2].lower()
    return head in _PLURAL or head in _MANY.values() or (head.endswith("s") and not re.search(r"(?:ss|us|is)$", head))


def with_article(thing: str, text: str) -> str:
    """A thing with "the" where the text has an article or "its" before it; as it is where it is owned by a name."""
    if re.match(r"(?:the|a|an)\s", thing, re.IGNORECASE):
        return re.sub(r"^(?:the|a|an)\s+", "the ", thing, flags=re.IGNORECASE)
    before = re.search(rf"\b(the|a|an|its|their|his|her|our|this|each|every)\s+{re.escape(thing)}", text, re.IGNORECASE)
    if not before:
        return thing
    return f"{before[1].lower() if before[1].lower() in ('each', 'every') else 'the'} {thing}"


def uncapitalised(words: str, names: frozenset[str]) -> str:
    """Words from the beginning of a sentence as they stand inside one; names keep their capital."""
    first, _, rest = words.partition(" ")
    bare = re.sub(r"[’']s?$", "", first)
    is_name = (
        bare in names
        or (rest[:1].isupper() and bare.lower() not in ("the", "a", "an"))
        or re.fullmatch(_DAYS, bare, re.IGNORECASE)
    )
    return words if is_name or not (first[1:].islower() or len(first) == 1) else words[:1].lower() + words[1:]


@dataclass(frozen=True, slots=True)
class Around:
    """A clause around its figure: what stands before and behind."""

    before: str
    behind: str

    @classmethod
    def of(cls, text: str, printed: str) -> Around | None:
        """The clause cut at its figure; None where the figure is not found in it."""
        text, printed = " ".join(text.split()), " ".join(printed.split())
        at = text.find(printed) if printed else -1
        return None if at < 0 else cls(text[:at].strip(), text[at + len(printed) :].strip())

    @property
    def is_subject(self) -> bool:
        """Whether the clause begins with its figure: "about 40 people were treated"."""
        return all(_COMPARING.fullmatch(word.lower()) for word in self.before.split())

    @property
    def whole(self) -> str:
        """What the figure is a part of: "of exports"; empty where that is not said, or by a pronoun."""
        said = _ENDS.split(self.behind, maxsplit=1)[0].strip()
        words = said.lower().split()
        return said if words[:1] == ["of"] and 2 <= len(words) <= 6 and not _refers(words) else ""

    def predicate(self, verb: str) -> str:
        """What is counted and said of it, up to where something else begins; empty where no verb is in it."""
        said = _ENDS.split(self.behind, maxsplit=1)[0].strip()
        words = [word.lower() for word in said.split()]
        if not self.is_subject or not 2 <= len(words) <= 14 or _refers(words):
            return ""
        has_verb = re.search(rf"\w\s+(?:{_BE_OR_HAVE})\s+\w", f"{said} ", re.IGNORECASE)
        own_verb = verb and re.search(rf"\w\s+{re.escape(past(verb))}\b", said)
        if not (has_verb or own_verb):
            return ""
        return said if has_verb else re.sub(r"\bbeing\b", "are being", said)

    def asked_of_subject(self, verb: str) -> str:
        """Who does what to the figure, as a question has it: "had the city created", "did the union survey"."""
        doing = self._doing
        with_aux = re.fullmatch(rf"((?:[\w’'.-]+\s){{1,6}}?)({_ASKED_WITH})\s((?:[\w’'-]+\s?){{1,5}})", doing)
        if with_aux:
            subject, aux, rest = (part.strip() for part in with_aux.groups())
            acts = rest.split()[-1] in (participle(verb), verb) or re.search(r"\bto \w+$", rest)
            plain = re.fullmatch(r"[a-z]+", rest) is not None and aux not in ("has", "have", "had")
            return f"{aux} {subject} {rest}" if (acts or plain) and _may_be_named(subject) else ""
        subject, _, last = doing.rpartition(" ")
        return f"did {subject} {verb}" if verb and last == past(verb) and _may_be_named(subject) else ""

    def is_object_of(self, verb: str) -> bool:
        """Whether the verb stands right before the figure: "has created 40 jobs"."""
        last = self._doing.rpartition(" ")[2].lower()
        return bool(verb) and last in {verb, f"{verb}s", past(verb), participle(verb)}

    @property
    def _doing(self) -> str:
        return _BEFORE_FIGURE.sub("", self.before)


def _refers(words: list[str]) -> bool:
    """Whether words point to something that is named elsewhere; "those who" and "their" say whom they mean."""
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        told = (word, after) == ("those", "who") or before == "those"
        if _PRONOUN.fullmatch(word) and not told:
            return True
    return False


def is_pronoun(thing: str) -> bool:
    """Whether a thing is pointed to and not named: "they", "those in the north"."""
    return _PRONOUN.fullmatch(thing.partition(" ")[0].lower()) is not None


def _may_be_named(subject: str) -> bool:
    words = [word.lower() for word in subject.split()]
    return 0 < len(words) <= 6 and not _refers(words) and "," not in subject
