"""Offices that held something: subjects of a verb of holding, or named after "digelar oleh"."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkh_extract.annotating.document import Cue
    from pkh_extract.annotating.places.values import Office
    from pkh_extract.annotating.tokens import Tokens

ORGANIZING = {
    "menggelar", "melaksanakan", "mengadakan", "menyelenggarakan", "melakukan", "menyalurkan", "menyerahkan",
    "membagikan", "memberikan", "melatih", "membekali", "mengumpulkan", "gelar", "laksanakan", "menghelat", "adakan",
    "mencairkan", "memulai", "memasang", "meluncurkan", "mengukuhkan", "melantik", "mewisuda", "menginisiasi",
    "salurkan", "bagikan", "cairkan", "serahkan", "berikan", "lakukan", "selenggarakan", "latih", "kumpulkan",
    "kukuhkan", "lantik", "wisuda", "luncurkan", "mengundang", "menggembleng", "merekrut", "menyosialisasikan",
    "mensosialisasikan", "menyelenggara",
    "mengukur", "membuka", "menerima", "mengajak", "menempelkan", "memperkuat", "meningkatkan", "membina", "menurunkan",
    "mendata", "memvalidasi", "memverifikasi", "mencoret", "mengevaluasi", "menghadirkan", "kembali",
}  # fmt: skip
HELD_BY = {
    "digelar", "dilaksanakan", "diselenggarakan", "diadakan", "dihelat", "digagas", "diinisiasi", "disalurkan",
    "diserahkan", "dibagikan", "penyelenggaranya", "dilakukan", "diprakarsai", "dilaunching", "diluncurkan",
}  # fmt: skip
REFUSED = {"untuk", "agar", "tidak", "diminta"}  # "minta Dinas Sosial untuk menggelar …"
ADDRESSED = {"kepada", "meminta", "minta", "ke", "dari"}
BESIDE = {"didampingi", "ditemani", "disaksikan", "mendampingi"}  # "Bupati didampingi Kepala Dinas Sosial menyerahkan"
LED = 3  # tokens before an office in which such a word stands
REACH = 6
ADDRESS = 4  # areas in an office's address
DOES, DONE_BY = 4, 4  # what a verb of holding after the office, and before it, counts


def holders(tokens: Tokens, offices: list[tuple[Cue, Office]], known: dict[int, int]) -> list[tuple[int, Cue, Office]]:
    """Those of some offices that held something, with a score; ``known``: places, start to end."""
    starts = [office.start for office, _ in offices]
    named = sorted({*known, *starts})
    scored = [(_holds(tokens, office, known, starts, named), office, value) for office, value in offices]
    return [item for item in scored if item[0]]


def _holds(tokens: Tokens, office: Cue, known: dict[int, int], offices: list[int], named: list[int]) -> int:
    """How surely the words around an office say that it held something; 0: they do not."""
    score = 0
    before = tokens.lower[max(office.start - 2, 0) : office.start]
    after = _after(tokens, office.end, known, offices, named)
    beside = not BESIDE.isdisjoint(tokens.lower[max(office.start - LED, 0) : office.start])
    if (
        not beside
        and not ORGANIZING.isdisjoint(after)
        and REFUSED.isdisjoint(after)
        and ADDRESSED.isdisjoint(before[-1:])
    ):
        score += DOES
    if before[-1:] == ["oleh"]:
        before.pop()
    if not HELD_BY.isdisjoint(before[-1:]):
        score += DONE_BY
    return score


def _after(tokens: Tokens, end: int, known: dict[int, int], offices: list[int], named: list[int]) -> list[str]:
    """The words right after an office, past the rest of its address, up to the next office; ``offices``, ``named``:
    where offices, and where these and places begin, in order."""
    for _ in range(ADDRESS):
        start = _first(named, end, end + 3)
        if start is None or start == _first(offices, end, end + 3):
            break
        end = known[start]
    stop = _first(offices, end, end + REACH)
    return tokens.lower[end : end + REACH if stop is None else stop]


def _first(starts: list[int], low: int, high: int) -> int | None:
    """The first of some tokens, which are in order, from ``low`` on and before ``high``."""
    at = bisect_left(starts, low)
    return starts[at] if at < len(starts) and starts[at] < high else None
