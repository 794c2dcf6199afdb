"""Which part of a text is the question, and where several questions are cut apart.

"My brother was there for years. Who runs it?" asks only who runs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from qa.language.yes_no import is_tag, tag_of
from qa.records import Span

_BEGINS = (
    r"(?:(?:and|n|so|but|or|ok|okay|well|please|anyway|also|then|if (?:any|no|none|not|so|yes))\b[\s,]*)*"
    r"(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|has|have|had|can"
    r"|could|will|would|should"
    r"|any|tell|explain|describe|list|name|give|show|summarise|summarize|compare|count|rank)(?:['’]?(?:s|d|re|ve|ll)|n['’]?t)?\b"
)
_ASKS = re.compile(rf"\W*{_BEGINS}|.*\?\W*$", re.IGNORECASE | re.DOTALL)
_NOUN = re.compile(r"\W*(?:name|list)s?,", re.IGNORECASE)  # "Name, rating and date for both."
# "St." and "Dr." end no sentence. Nothing after the repetition can fail, so that no path through it is tried
# twice.
_SENTENCE = re.compile(r"(?:[^.?!;\n]+|\.(?=\w)|(?<=\b[A-Za-z])\.|(?<=\b[A-Za-z]{2})\.)+[.?!;\n]*")
_CLAUSE = re.compile(rf"[,:–—]\s+(?={_BEGINS})|\s-+\s+(?={_BEGINS})", re.IGNORECASE)
_COLON = re.compile(r":\s+(?=\S)")
_POINTING = re.compile(r"\b(?:it|its|they|them|their)\b", re.IGNORECASE)
_DASH = re.compile(r"\s[-–—]+\s")
_ROLE = (
    r"(?:advis[eo]r|analyst|apprentice|blogger|campaigner|case ?worker|clerk|commissioner|councillor|editor"
    r"|governor|intern|journalist|officer|reporter|researcher|resident|social worker|solicitor|student"
    r"|teacher|trainee|volunteer|writer)"
)
_AS_ROLE = (
    rf"\W*(?:(?:an?|the|your) )?(?:\w+ )?(?P<role>{_ROLE}\b)"
    r"(?= (?:at|for|from|here|in|of|on|with|working)\b|\s*[-–—:,])"
)
_OF_THE_ASKER = re.compile(
    r"(?<![-–])\b(?:i|im|ive|id|my|me|mine|we|our|hi|hello|hey|dear|sorry|thanks"
    r"|as an?(?! (?:fraction|percentage|proportion|rule|share|whole)\b))\b(?![-–]\w)"
    r"|\bi['’](?:m|ve|d|ll)\b"
    r"|\b(?:mum|mummy|mam|mom|dad|daddy|nan|nana|nanna|gran|granny|grandma|grandad|granddad"
    r"|hubby)(?:['’]?s)?\b"
    r"|(?:^|(?<=[,.!?:] ))(?:(?:a )?bit |so |really |very |quite |just )?"  # without "I"
    r"(?:scared|worried|nervous|anxious|torn|stuck|confused|considering|(?:(?:might|may) )?(?:have"
    r"|need|got) to"
    r"|(?:thinking|hoping|planning|trying|moving|looking) (?:of|about|to|into|at|after))\b"
    rf"|^(?!\W*{_BEGINS})[^?.]{{2,40}}\bhere[\s.!]*$"  # "councillor here – …"
    rf"|^{_AS_ROLE}",
    re.IGNORECASE,
)
# "is anywhere outstanding? cant find a single one that is"
_NOT_FOUND = re.compile(
    r"\W*(?:but |and )?(?:can(?:['’]?t|not| not)|could(?: not|n['’]?t)|did(?: not|n['’]?t))"
    r"(?: even| seem to)? "
    r"(?:find|figure out|make out|see|spot|think of|work out)\b[^?]*$",
    re.IGNORECASE,
)
# How many answers are wanted: "I need two figures: …".
_FIGURES = re.compile(
    r"\b(?:i|we) (?:need|want|would like|have) (?:just )?(?:two|three|four|a few|several|[2-9]) "
    r"(?:answers|figures|numbers|questions|stats|statistics|things)\s*[:–—-](?=\s)",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\b(?:i|we)(?:['’]?d| would| should| want| need| wanted)?(?: (?:just|really|only))?(?: (?:like|love"
    r"|want|need|wish|have))? to "
    r"(?:know|understand|find out|learn|see|ask|check|hear)"
    r"|\b(?:i|we)(?:['’](?:d|ll)| would| should| will) be (?:\w+ )?(?:delighted|glad|grateful|happy|obliged"
    r"|pleased|thankful) (?:to (?:know|learn|find out|hear|see|be told)"
    r"|(?:if|were|could) (?:you|someone|anyone)(?: could| would| can| to)?(?: kindly| please)?"
    r" (?:tell|let|show|say)(?: me| us)?(?: know)?)"
    r"|\b(?:can|could|would|will|might) (?:you|anyone|someone|anybody|somebody)"
    r"(?: be (?:so |very )?(?:good|kind)(?: enough)?(?: as)? to)?(?: please| kindly)?"
    r" (?:tell|let|show|explain|say|remind)(?: me| us)?(?: know)?"
    r"|\b(?:be so (?:good|kind) as to|kindly|pray) tell(?: me| us)?"
    r"|\b(?:i|we)(?: am|['’]?m| was| were| are|['’]?re) (?:wondering|curious|asking|interested|keen)"
    r"|\btell me|\bjust wondering|\bwondering|\b(?:i|we) wonder(?:ed)?"
    r"|\b(?:my|our|the) (?:\w+ ){1,3}(?:wants|needs|wanted|is asking|has asked|asked|would like)"
    r"(?: to (?:know|see)| (?:for )?(?:the |some )?(?:data|details|figures|numbers|stats|statistics))"
    r"(?: (?:about|for|on))?"
    r"|\bmy question is|\b(?:(?:do|does|did) you|(?:(?:do|does|did) )?(?:any|some)(?:one|body)(?: here"
    r"| else)?) know)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)  # a question is read twice: for the tables and for the reports
def asked_part(question: str) -> str:
    """Return the question with everything other than what it asks blanked out, so that positions stay the
    same; a simple question is returned as it is."""
    question = without_manner(question)
    if (figures := _FIGURES.search(question)) is not None:
        question = _blanked(question, Span(*figures.span()))
    for span in list(_told(question)):
        question = _blanked(question, span)
    return question


def only_leads(told: str) -> bool:
    """True if everything beside a question are words that introduce it: "Can you tell me"."""
    return _LEAD.fullmatch(told.strip()) is not None


def without_manner(question: str) -> str:
    """Return the question with a wish about the form of its answer, at the end, blanked out: "what was found?
    everything pls"."""
    return _blanked(question, _manner(question))


def _blanked(question: str, span: Span) -> str:
    return question[: span.start] + " " * (span.end - span.start) + question[span.end :]


def without_role(told: str) -> str:
    """Blank out the role that someone gives themselves; of "resident of Ludlow" the place stays."""
    found = re.match(_AS_ROLE, told, re.IGNORECASE)
    return told if found is None else _blanked(told, Span(*found.span("role")))


_FOR = re.compile(
    r"\s*(?:for (?:an?|the|my|our|this|that)\s[^:?.]{2,60}:"
    r"|(?:(?:another|an?|my|one|our|the) )?(?:[\w'’-]+ ){0,2}(?:assignment|coursework|enquiry|essay|homework"
    r"|inquiry|q|qn|query|question|quiz|request)(?: (?:for|from|about|on) [^:?.]{2,40})?\s*[:–—-]"
    r"|(?:an?|my|one|our|the) (?:[\w-]+ ){1,2}(?:asks|asked|has asked|is asking|wants to know)\s*[:,–—-])"
    r"(?=\s)",
    re.IGNORECASE,
)


def lead(question: str) -> list[Span]:
    """The words at the beginning of a question that say what its answer is for, if any: "For the board
    paper:", "Essay question -"."""
    found = _FOR.match(question)
    return [Span(*found.span())] if found else []


def sentences(question: str) -> list[Span]:
    """Return the sentences of a question, in order and disjoint, each with its closing marks; marks that end
    no sentence are left out."""
    return [Span(*found.span()) for found in _SENTENCE.finditer(question)]


_TAIL = re.compile(
    (
        # "were" is not "we're" without its apostrophe
        r"[,–—-]\s+(?=(?:as |because |since |and )?(?:i['’]?(?:m|ve|d)|we['’](?:re|ve|d)|weve"
        r"|(?:i|we) (?:am|are|was|need|have|had|want|work))\b)"
    ),
    re.IGNORECASE,
)


# A wish about the answer after the question: "everything pls", "quick summary, thanks".
_WANTED = (
    r"(?:please|pls|plz|thanks?(?: you)?(?: in advance)?|thx|ta|cheers|asap"
    r"|in (?:full|brief|short|detail|a nutshell|bullet points|one line)"
    r"|in (?:a|one|two|a few|your own) (?:words?|sentences?|lines?)|everything|all of it|the lot"
    r"|anything at all"
    r"|any(?:thing)? (?:you have|will do)|keep it (?:short|brief|simple)|be brief|briefly|no waffle"
    r"|(?:an? |the )?(?:quick|short|brief|full|detailed|simple|one[- ]line) (?:summary|answer|version"
    r"|overview|list|recap)"
    r"|bullet points?|as bullets|details?|exact words)"
)
_WANTED_SO = re.compile(rf"\b(?:and )?{_WANTED}\b", re.IGNORECASE)
_MARKS = " \t\n.,;:!?–—-"


def _manner(question: str) -> Span:
    """The wish about the answer, if it comes after a mark after the question and is not all of it; the last
    "?" stays."""
    last = end = len(question.rstrip(_MARKS))
    begin = end
    for found in reversed(list(_WANTED_SO.finditer(question))):
        if question[found.end() : end].strip(_MARKS):
            break
        end = found.start()
        if question[:end].rstrip()[-1:] in _MARKS[3:] and len(question[:end].split()) > 1:
            begin = end
    return Span(begin, last)


def _told(question: str) -> Iterator[Span]:
    spans = _with_tags(question, sentences(question))
    asking = [_asks_within(question, span, first=not place) for place, span in enumerate(spans)]
    for span, asks in zip(spans, asking, strict=True):
        if asks or not any(asking):
            begin = _begin(question, span) if asks else span.start
            tail = _TAIL.search(question, begin, span.end)
            yield Span(span.start, begin)
            yield Span(
                tail.start() if tail and question[begin : tail.start()].count(" ") > 1 else span.end, span.end
            )
        elif any(found(question, span.start, span.end) for found in (_OF_THE_ASKER.search, _NOT_FOUND.match)):
            yield span


def _asks_within(question: str, span: Span, *, first: bool) -> bool:
    """True for a sentence that asks; not for one after another that only says what was not found."""
    if not first and _NOT_FOUND.match(question, span.start, span.end):
        return False
    return any(found(question, span.start, span.end) for found in (_ASKS.match, _LEAD.search, _CLAUSE.search))


def _with_tags(question: str, spans: list[Span]) -> list[Span]:
    """Sentences that only ask whether the one before is true, "Is that right?", are part of that one."""
    found: list[Span] = []
    for span in spans:
        tagged = found and is_tag(question[span.start : span.end].strip())
        found.append(Span(found.pop().start, span.end) if tagged else span)
    return found


def _begin(question: str, sentence: Span) -> int:
    """Where the question begins in a sentence that asks: after "I'd like to know", or at the last clause that
    begins like a question, if what comes before is about the person asking."""
    colon = _COLON.search(question, sentence.start, sentence.end)
    begin = sentence.start
    if (
        colon is not None
        and _OF_THE_ASKER.search(question, sentence.start, colon.start())
        and _POINTING.search(question, colon.end(), sentence.end)
    ):
        begin = colon.end()  # "I'm new here: all homes that are bad, who runs them"
    for found in _CLAUSE.finditer(question, begin, sentence.end):
        if _WANTS_TO_KNOW.search(question, begin, found.start()):
            break  # "I'd like to know how many are good, and which is the newest"
        if _OF_THE_ASKER.search(question, begin, found.start()) and not _asks_if_true(question, begin, found):
            begin = found.end()
    begin = _behind_dash(question, Span(begin, sentence.end))
    led = [
        found.end()
        for found in _LEAD.finditer(question, begin, sentence.end)
        if not _ORDERED.match(question, begin, found.start())
    ]
    return led[-1] if led and question[led[-1] : sentence.end].strip(" ?.!") else begin


def _asks_if_true(question: str, begin: int, seam: re.Match[str]) -> bool:
    """True if what comes before a seam is a claim, and the question whether it is true stands before or after
    the seam: "I was told that it is good - is that so, and who runs it?"."""
    return is_tag(question, seam.end()) or tag_of(question[begin : seam.start()]) is not None


# A question within a wish: nothing before the next one is background.
_WANTS_TO_KNOW = re.compile(
    r"\b(?:ask|check|establish|explain|find out|hear|know|learn|see|tell (?:me|us)|understand"
    r"|wonder(?:ed|ing)?)\s+"
    r"(?:how (?:many|much|often|long|good)|if|in which|of which|what|when|where|whether|which|who|whose)\b",
    re.IGNORECASE,
)
# "Name the good ones and tell me how many …" orders two things; "tell me" only leads to a question elsewhere.
_ORDERED = re.compile(rf"\W*{_BEGINS}.*\b(?:and|then)\s+(?:also\s+|then\s+|please\s+)*$", re.IGNORECASE)


def _behind_dash(question: str, sentence: Span) -> int:
    """Where the question begins after a dash, if what comes before is about the person asking: "I have to
    cite this - full title?"."""
    begin, end = sentence.start, sentence.end
    dashes = (
        [found.end() for found in _DASH.finditer(question, begin, end)]
        if question[:end].rstrip().endswith("?")
        else []
    )
    if (
        not dashes
        or not _OF_THE_ASKER.search(question, begin, dashes[-1])
        or is_tag(question, dashes[-1])
        or _OF_THE_ASKER.search(question, dashes[-1], end)
    ):
        return begin
    return dashes[-1] if len(question[dashes[-1] : end].split()) > 1 else begin


_ASKING = (
    r"(?:number of|count of|how (?:many|much|is|are|was|were|did|does|do)|who(?:se)?|what(?:['’]s)?"
    r"|when|where|which|why|(?:in (?:which|what)|(?:at|for|by|from) (?:which|whom|whose)|(?:to|with) whom)"
    r"|(?:at|by|for|from|in|to|with) how (?:many|much)\b"
    r"|of (?:those|them|these|which|whom),? (?:how|what|which|who)"
    r"|the [\w-]+ (?:[\w-]+ )?with (?:the )?(?:most|fewest|highest|lowest|largest|smallest)"
    r"|(?:is|are|was|were|did|does|do|has|have) "
    r"(?:he|she|it|they|any|all|most|there|that|those"
    r"|(?:both|each|either|fewer than|more than|neither|none)\b)"
    r"|(?:is|was|has|does|did) (?:(?:not )?(?:a single|one of (?:them|these|those))|even (?:a single|one))\b"
    r"|list|show|name (?:all|each|the|them|these|those)\b|all \w+\?"
    r"|vice[ -]?versa|the (?:other|opposite) way (?:about|a?round)|the reverse\b)"
)
# One of several figures that are asked for side by side: "number of homes, percentage good, names of all".
_FIGURE = (
    r"(?:(?:the\s+)?(?:number|count|names|percentages?|per\s?cent|%|share|proportion)\s+(?:of\s+)?"
    r"(?!and\b|or\b|points?\b|of\b)[a-z]"
    r"|the\s+(?:bigg|great|high|larg|low|small)er\s+(?:number|percentage|proportion|rate|share)\b)"
)
# What was asked just now, of somebody or somewhere else: "… of Elm House, and that for Ash House".
_THAT_OF = r"(?:that\s+(?:at|for|in|of)|the one\s+(?:for|of))\s"
_CUT = re.compile(
    r"(?:\?+\s+(?:(?:and|&|\+|n)\s+|also\s+|if (?:any|no|none|not|so|yes),?\s+)?"
    r"|;\s+(?:and\s+)?|,?\s+(?:and|&|\+|n)\s+(?:also\s+|then\s+|if (?:no|not|so|yes),?\s+)?"
    r"(?:please\s+)?"
    r"(?:(?:tell|show|give)\s+(?:me|us)\s+|let\s+(?:me|us)\s+know\s+|say\s+)?"
    r"|,\s+(?:then\s+)?)"
    rf"(?={_ASKING})"
    rf"|(?P<figure>[,;]|\s+(?:and|plus|&)\b|,\s+(?:and|plus))\s+(?={_FIGURE})"
    r"|,\s+and\s+(?=(?:does|do|did)\s)|,?\s+(?:and|&|\+|n)\s+(?:also\s+)?(?=whether\s)"
    r"|,?\s+(?:and|&|\+|n|but)\s+(?=(?P<claim>(?:is|are|was|were|does|do|did) "
    r"(?:at (?:least|most)|exactly|half|less than|nearly|over|under)\b"
    r"|(?:all|any|most|none)(?: of th\w+)? (?:after|before|since|(?:during|in) (?=(?:19|20)\d\d))))"
    r"|,?\s+and\s+"  # two claims: "… and no home in Wem is outstanding"
    r"(?=(?:no|not (?:one|a single))\s(?:[\w-]+\s){1,8}?(?:is|are|was|were|has|have)\s)"
    r"|\?+\s+(?:(?:and|&|\+|n|but)\s+)?(?=(?:is|are|was|were|do|does|did|has|have)\s)"
    r"|\?+\s+(?:and|but)\s+(?=(?:all|any|most|none)\s)"  # "… in 2020, correct? And none before?"
    r"|\?+\s+(?:and|but|or)\s+(?=(?:around|at|in|near)\s+(?!\d)[^?]+\?)"  # "how many? And in Leeds?"
    r"|(?:[?.]+\s+(?:(?:and|&|\+|n|now)\s+)?|,\s+and\s+)"
    r"(?=(?:the )?same (?:(?:again|figures|numbers|question|stats|thing) )?for\s)"
    r"|\?+\s+(?:and|but)\s+(?=(?:the )?(?:[\w-]+ )?[\w-]+\s*\?*$)"  # "which has the most? And the fewest?"
    r"|,\s+(?:and|but)\s+(?:also\s+)?(?=the (?:\w+est|best|first|last|worst)(?: ones?)?\s*\?*$)"
    rf"|(?P<again>,?\s+(?:and|plus|&)\s+(?:also\s+)?(?={_THAT_OF}))",
    re.IGNORECASE,
)


# A question before a seam, without an asking word: "overall rating of Elm House, and who runs it".
_ASKED_BEFORE = re.compile(
    rf"\b{_ASKING}|n['’]?t (?:there|they|it|he|she)\b|\brat(?:ing|ed)\b.*\b(?:of|for|at)\b|['’]s "
    r"(?:\w+ )?rating\b"
    r"|\bsame\b|\b(?:compare|percentage|share|proportion|whether)\b|^\W*(?:the )?(?:number|count)\b"
    r"|[:–—-] (?:the )?(?:count|list|names?|number|total)\W*$"
    r"|^\W*any(?:one|body|where)?\b"
    r"|^\W*(?:(?:and|but|now|ok|okay|so) )?(?:only|just) (?:(?:for|in|the) )?(?:the ones|ones|that|those)\b"
    r"|^\W*(?:please )?(?:find|give|name)\b",
    re.IGNORECASE,
)


_HEADED = re.compile(r"\w(?::| [-–—]) \w")  # "Kent: care homes, percentage good"
# "The difference between the number of good ones and the number of others" is one figure; "number and share".
_IN_ONE = re.compile(
    r"\b(?:(?:between|compared?|difference|gap|ratio)\b|(?:number|count|share|percentage|proportion)\s*$)",
    re.IGNORECASE,
)
# "Is Elm House good, and who runs it?": opens as a yes/no question, with more than a verb.
_VERB_FIRST = re.compile(
    r"\W*(?:(?:so|and|but|or|ok|okay|well|hi|hello|hey|basically)\b\W*)*"
    r"(?:is|are|was|were|do|does|did|has|have|had)(?:n['’]?t)?\s+\w+\W+\w",
    re.IGNORECASE,
)


def asks(sentence: str) -> bool:
    """True for a sentence that begins like a question or an instruction, or ends as a question: "what are
    they overall"."""
    return _ASKS.match(sentence) is not None and not _NOUN.match(sentence)


SEAMS = " ,;"  # between questions side by side


def cut(question: str) -> list[str]:
    """Split ``question`` into the questions that it joins: "how many are good, and how many are inadequate?"
    is two."""
    if (two := _THAT.fullmatch(question)) is not None:
        return [f"{two['frame']} {claim}?" for claim in (two["first"], two["second"])]
    starts, ends = [0], list[int]()
    for found in _CUT.finditer(question):
        asked = _asked_before(question[starts[-1] : found.start()], found)
        if asked and not is_tag(question, found.end()) and not _tells_on(question, found):
            ends.append(found.start() + found[0].count("?"))
            starts.append(found.end())
    ends.append(len(question))
    return [
        part for start, end in zip(starts, ends, strict=True) if (part := question[start:end].strip(SEAMS))
    ]


def _goes_on(before: str, seam: re.Match[str]) -> bool:
    """True if the words before a seam belong to the question after it."""
    if _IN_WHAT_TERMS.fullmatch(before):
        return True
    return bool(seam["figure"] or seam["again"]) and _IN_ONE.search(before) is not None


# "Is it true that all are good, and that none was inadequate?" asks two things; the frame is said once.
_THAT = re.compile(
    r"\s*(?P<frame>(?:(?:is|was) it (?:true|right|correct|so)|am i right|(?:do|does|did) [^,?]{1,40} "
    r"(?:say|find|show|claim|conclude)) that)\s+(?P<first>[^?]{1,160}?),?\s+and\s+(?:also\s+)?that\s+"
    r"(?P<second>(?:(?!\band that\b)[^?]){1,160})\?*\s*",
    re.IGNORECASE,
)


def _asked_before(before: str, seam: re.Match[str]) -> bool:
    """True if the text before a seam asks something itself, or is the head of a list of figures."""
    if _goes_on(before, seam):
        return False
    if seam["claim"]:  # not "which homes are good and are at least 5 years old?"
        return _VERB_FIRST.match(before) is not None
    if "?" in seam[0] or _ASKED_BEFORE.search(before) or (seam["figure"] and _HEADED.search(before)):
        return True
    joined = "and" in seam[0].casefold() or "&" in seam[0] or ";" in seam[0]
    return joined and _claims(before)


def _claims(text: str) -> bool:
    """True for a text that opens as a yes/no question, or ends with a tag: "most improved – am I right"."""
    return _VERB_FIRST.match(text) is not None or tag_of(text) is not None


# Says in which form to answer the question after it: "as a percentage, how many …?".
_IN_WHAT_TERMS = re.compile(
    r"\W*(?:and |but )?(?:(?:as|in) (?:an? |the )?(?:fraction|per ?cent|percentage|proportion|share)s?"
    r"(?: terms)?|(?:proportionally|percentage[- ]wise))\W*",
    re.IGNORECASE,
)
# After a comma alone, these say more about the words before: "all but safe, which is good", "Oxleas, where
# they are strong".
_TELLS_ON = re.compile(r"(?:which\s+(?:is|was|has|had|got)|where\s+(?:it|they))\b", re.IGNORECASE)


def _tells_on(question: str, seam: re.Match[str]) -> bool:
    return seam[0].strip() == "," and _TELLS_ON.match(question, seam.end()) is not None


_BEGINS_PART = (
    r"(?:(?:in|at|on|by|for|to|from|with|of) (?:which|what|whom|how (?:many|much))"
    r"|who|whom|whose|what|when|where|why|how|which)\b"
)
_SEAM = re.compile(rf"(?:[,;]?\s+and(?:\s+also)?|[;?])\s+(?={_BEGINS_PART})", re.IGNORECASE)


# "What does it say about culture, and about leadership?": the head is said once.
_ABOUT = re.compile(
    r"(?P<head>[^?;]{0,80}?\babout)\s+(?P<first>[^?;]{1,80}?),?\s+and\s+(?:also\s+)?"
    r"about\s+(?P<second>[^?;]{1,80}?)\s*\??\s*",
    re.IGNORECASE,
)


def parts(question: str) -> tuple[str, ...]:
    """Return the questions to the passages that ``question`` asks: "what changed and who led it?" asks two,
    as does "what does it say about culture, and about leadership?"."""
    if (two := _ABOUT.fullmatch(question)) is not None:
        return tuple(f"{two['head']} {topic}?" for topic in (two["first"], two["second"]))
    if _THAT.fullmatch(question):
        return tuple(cut(question))
    return tuple(part.strip() for part in _SEAM.split(question) if part.strip()) or (question,)
