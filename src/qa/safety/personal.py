"""Private details typed into a question: such a question is neither searched nor kept.

A detail is reported only where its own rules hold (check digits, ranges of numbers), so that counts, years,
dates, postcodes and the regulator's identifiers such as 1-121538260 pass. What is published, like a
helpline's number, is not private: of British telephone numbers only landlines (01, 02) and mobiles (07) are
reported, not those of organisations (03, 08, 116 123, 111, 999).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from qa.errors import UsageError
from qa.safety.care import CARE, read_table

_START = r"(?<![\w@+£$€/=#-])(?<!\d[.,])"
_END = r"(?![\w@]|-\w|\.\d)"
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
_UNUSED_PREFIXES = frozenset({"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})


def personal_data(text: str, path: Path = CARE) -> str | None:
    """The kind of a private detail in ``text``, or ``None``: "e-mail address", "National Insurance number",
    "card number", "NHS number" or "phone number". ``path`` lists what is published; raises UsageError where
    it can't be understood.
    """
    plain, public = _plain(text), _advice(path).public
    for detail in filter(lambda detail: detail.needs.search(plain), _DETAILS):
        found = (match[0] for match in detail.shape.finditer(plain))
        if any(detail.holds(number) and not number.casefold().endswith(public) for number in found):
            return detail.kind
    return None


def leave_out(kind: str, path: Path = CARE) -> str:
    """The advice to leave a detail of ``kind`` out; raises UsageError where the file can't be understood."""
    return _advice(path).message.replace("{kind}", kind)


@dataclass(frozen=True, slots=True)
class _Advice:
    message: str
    public: tuple[str, ...]


@functools.cache
def _advice(path: Path) -> _Advice:
    try:
        table = read_table(path)["personal"]
        return _Advice(table["message"].strip(), tuple(address.casefold() for address in table["public"]))
    except (AttributeError, LookupError, TypeError) as error:
        raise UsageError(
            f"{path.name} can't be understood: [personal] needs a message and a list public ({error})."
        ) from error


def _plain(text: str) -> str:
    """``text`` with the digits, spaces and dashes of a keyboard."""
    if text.isascii():
        return text
    return "".join(
        " " if letter.isspace() else str(unicodedata.decimal(letter, letter)) for letter in text
    ).translate(_DASHES)


def _digits(number: str) -> list[int]:
    return [int(digit) for digit in number if digit.isdecimal()]


def _is_nhs_number(number: str) -> bool:
    """Modulus 11 (NHS Data Dictionary, "NHS number"): weights 10 to 2; a check digit of 10 is never issued,
    11 is written 0.
    """
    *digits, check = _digits(number)
    return (
        11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
    ) % 11 == check


def _is_card_number(number: str) -> bool:
    """Luhn's check (ISO/IEC 7812), of a number that a payment card can begin with; a row of years is none."""
    digits = _digits(number)
    doubled = sum(sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    years = all(re.fullmatch(r"(?:19|20)\d\d", group) for group in re.findall(r"\d+", number))
    return digits[0] in range(2, 7) and (sum(digits[::-2]) + doubled) % 10 == 0 and not years


def _is_national_insurance_number(number: str) -> bool:
    """HMRC's NIM39110: no D, F, I, Q, U or V in the prefix, no O as its second letter, and seven prefixes
    that are not used.
    """
    prefix = number[:2].upper()
    return prefix not in _UNUSED_PREFIXES and not set(prefix) & set("DFIQUV") and prefix[1] != "O"


def _is_phone_number(number: str) -> bool:
    """Ofcom's numbering plan for British landlines and mobiles; elsewhere the lengths of ITU-T E.164.

    Words after it don't count.
    """
    abroad = number.startswith(("+", "00"))
    groups = re.findall(r"\d+", number.replace("(0)", "").removeprefix("00"))
    lengths = set(accumulate(map(len, groups)))
    whole = "".join(groups)
    if abroad and not whole.startswith("44"):
        return any(9 <= length <= 15 for length in lengths)
    national = whole.removeprefix("44").removeprefix("0") if abroad else whole[1:]
    longest = len(whole) - len(national)
    return (longest + 10 in lengths and national[0] in "127") or (
        longest + 9 in lengths and national[0] == "1"
    )


@dataclass(frozen=True, slots=True)
class _Detail:
    kind: str
    needs: re.Pattern[str]  # every such detail contains one of these, and most texts contain none
    shape: re.Pattern[str]
    holds: Callable[[str], bool]


_AT = re.compile(r"@|[(\[]at[)\]]", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_DETAILS = (
    _Detail(
        "e-mail address",
        _AT,
        re.compile(r"(?<![\w.+'-])[\w.+'-]+(?:@| ?[(\[]at[)\]] ?)[\w.-]+\.[\w-]+", re.IGNORECASE),
        bool,
    ),
    _Detail(
        "National Insurance number",
        _DIGIT,
        re.compile(rf"{_START}[A-Z]{{2}}[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]{_END}", re.IGNORECASE),
        _is_national_insurance_number,
    ),
    _Detail(
        "card number",
        _DIGIT,
        re.compile(
            rf"{_START}(?:\d{{13,19}}|\d{{4}}(?:[ -]\d{{4}}){{3}}(?:[ -]\d{{1,3}})?|\d{{4}}[ -]\d{{6}}[ "
            rf"-]\d{{4,5}}){_END}"
        ),
        _is_card_number,
    ),
    _Detail(
        "NHS number", _DIGIT, re.compile(rf"{_START}\d{{3}}[ .-]?\d{{3}}[ .-]?\d{{4}}{_END}"), _is_nhs_number
    ),
    _Detail(
        "phone number",
        _DIGIT,
        re.compile(
            rf"(?<![\w@+£$€/=#-])(?:(?:\+|00(?=[1-9]))\d{{1,14}}(?:[ .-]?\(0\)[ "
            rf".-]?\d{{1,10}})?|\(?0[127]\d{{1,9}}\)?)"
            rf"(?:[ .-]{{1,2}}\(?\d{{2,10}}\)?|(?<=\))\d{{3,8}}){{0,5}}{_END}"
        ),
        _is_phone_number,
    ),
)
