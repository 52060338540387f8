"""What the recipient figures of one article say about each other: wholes and parts, repetitions, totals that add up.

A verdict is a measure and the rule that says so; ``decided`` maps the index of a figure to its verdict, in text order.
"""

from __future__ import annotations

from pkh_extract.annotating.figures.values import Figure
from pkh_extract.annotating.figures.wholes import APART
from pkh_extract.annotating.tables import is_year
from pkh_extract.annotating.tokens import Tokens
from pkh_extract.record import Measure

Verdict = tuple[Measure, str]
MEASURE, UNSAID = "kpm_measure", {"recipients", "caseload"}
NEUTRAL = "kpm_measure.neutral"  # "berjumlah": says nothing where the text above a list says more
WHOLE: Verdict = ("recipients", "kpm_measure.stock")
PLACED = {"di", "dari", "pada", "tahun", "penerima", "kpm", "berada", "ada", "tersebar", "untuk"}
RECEIVING = {"menerima", "mendapat", "mendapatkan", "terima", "tersentuh", "dapat"}
# Words that may stand between the figures of one series over years.
GOING_ON = {
    ",", ";", "dan", "lalu", "kemudian", "serta", "sedangkan", "tahun", "pada", "di", "naik", "turun",
    "meningkat", "menurun", "melonjak", "merosot", "menyusut", "bertambah", "berkurang", "ke", "jadi",
    "menjadi", "lagi", "kembali", "sedikit", "angka", "sebanyak", "mencapai", "ada", "tinggal", "hingga",
    "keluarga", "kpm", "penerima", "kk", "orang",
}  # fmt: skip
LISTS = {"dtks", "dtsen", "bdt", "pbdt"}  # of the poor, whether they receive aid or not
LISTED = 5  # tokens from a figure to the list that it stands in
NAMED = 6  # tokens before a figure that say who is counted ("Warga miskin di Kabupaten Anu 30 ribu jiwa")
AIDED = {"penerima", "kpm", "pkh", "bantuan", "bansos"}
FAR = 12  # tokens between two figures of a series
LONGEST = 40  # figures that are tried as the parts of one total


def without_inhabitants(
    tokens: Tokens, found: list[Figure], decided: dict[int, Verdict], strong: set[str]
) -> dict[int, Verdict]:
    """Without the wholes that are all families of a place, or all its poor: "Dari 300 KK di desa itu, 119 keluarga
    menerima PKH", "Ada 2.310 KK miskin, tetapi yang menerima PKH 1.100 KK", "109 ribu warga miskin yang masuk DTKS"."""
    alone = set()
    for index, verdict in decided.items():
        part, figure = decided.get(index + 1), found[index]
        if figure.noun not in strong and _listed(tokens, figure.end):
            alone.add(index)
            continue
        if part is None or part == WHOLE or part[0] not in ("recipients", "served") or figure.noun in strong:
            continue
        between = tokens.lower[figure.number_end : found[index + 1].number_start]
        if len(between) > APART:
            continue
        named = tokens.lower[max(0, figure.number_start - NAMED) : figure.number_start]
        of_the_poor = "miskin" in between or ("miskin" in named and AIDED.isdisjoint(named))
        poor = of_the_poor and found[index + 1].number.value < figure.number.value
        whole = verdict == WHOLE and figure.number_start and tokens.lower[figure.number_start - 1] == "dari"
        if (whole and part[0] == "recipients") or (poor and not RECEIVING.isdisjoint(between)):
            alone.add(index)
    return {index: verdict for index, verdict in decided.items() if index not in alone}


def _listed(tokens: Tokens, end: int) -> bool:
    """Do those counted stand in a list of the poor ("300 KK yang masuk DTKS"), and not there as recipients ("yang masuk
    BDT selaku penerima PKH")?"""
    behind = tokens.lower[end : end + LISTED]
    named = next((at for at, word in enumerate(behind, end) if word in LISTS), None)
    return named is not None and AIDED.isdisjoint(tokens.lower[named : named + LISTED - 1])


def series(tokens: Tokens, found: list[Figure], index: int) -> bool:
    """Does the figure only go on with the one before it, a year later ("2021 sebanyak 128 keluarga, 2022 naik ke 204,
    dan 2023 melonjak jadi 377")?"""
    if not index:
        return False
    before, figure = found[index - 1], found[index]
    if figure.number_start - before.end > FAR:
        return False
    others = [word for word in tokens.lower[before.end : figure.number_start] if word not in GOING_ON]
    return bool(others) and all(is_year(word) for word in others)


def added_up(found: list[Figure], decided: dict[int, Verdict]) -> dict[int, Verdict]:
    """Figures that follow a total, add up to it and say no measure of their own have the total's ("38.633 keluar …
    yang berjumlah 28.645, 7.773 … 2.215")."""
    out = dict(decided)
    listed = list(decided)
    for place, total in enumerate(listed):
        verdict, sum_up = decided[total], 0
        if verdict[0] in UNSAID or not verdict[1].startswith(MEASURE):
            continue
        run: list[int] = []
        for index in listed[place + 1 : place + 1 + LONGEST]:
            run.append(index)
            sum_up += found[index].number.value
            if sum_up >= found[total].number.value:
                break
        if len(run) > 1 and sum_up == found[total].number.value:
            plain = [
                index
                for index in run
                if decided[index][1] == NEUTRAL or decided[index] == ("recipients", found[index].noun)
            ]
            if verdict[0] != "served" or plain == run:  # beside those who got it, the others are those who did not
                out.update(dict.fromkeys(plain, verdict))
    return out


def summed_up(found: list[Figure], decided: dict[int, Verdict]) -> dict[int, Verdict]:
    """A total without a measure of its own that follows the figures of one measure which it adds up ("tidak
    tertransaksi 1.130 KPM, tidak terdistribusi 205 KPM, seluruhnya 1.335 KPM") has theirs."""
    out = dict(decided)
    listed = list(decided)
    for place, total in enumerate(listed):
        if decided[total][1] not in (NEUTRAL, found[total].noun):
            continue
        sum_up, least = 0, found[total].number.value
        run: list[int] = []
        for index in reversed(listed[max(0, place - LONGEST) : place]):
            run.append(index)
            sum_up += found[index].number.value
            if sum_up >= least:
                break
        measures = {decided[index][0] for index in run}
        if len(run) > 1 and sum_up == least and len(measures) == 1 and measures.isdisjoint(UNSAID):
            out[total] = decided[run[-1]]
    return out


def agreed(
    found: list[Figure], decided: dict[int, Verdict], yielding: set[str], own: dict[str, Measure]
) -> dict[int, Verdict]:
    """Where the same number is told twice and only once with a cue, or with a noun that measures (``own``) right behind
    it, or once with one that does not yield to others, that holds for both."""
    said: dict[int, Verdict] = {}
    by_noun = {i for i, verdict in decided.items() if found[i].how == "right" and own.get(found[i].noun) == verdict[0]}
    for weak in (False, True):
        for index, (measure, rule) in decided.items():
            told = (rule.startswith(MEASURE) or index in by_noun) and measure not in UNSAID and not found[index].item
            if told and (rule in yielding) == weak:
                said.setdefault(found[index].number.value, (measure, rule))
    return {
        index: said.get(found[index].number.value, verdict)
        if (not verdict[1].startswith(MEASURE) or verdict[1] in yielding)
        and index not in by_noun
        and not found[index].item
        else verdict
        for index, verdict in decided.items()
    }


def some_of_them(tokens: Tokens, figure: Figure, partial: dict[int, int]) -> bool:
    """Does "di antaranya" (``partial``: its first token and the one after it) follow the number, and then neither a
    place nor recipients?"""
    end = partial.get(figure.end)
    if figure.how != "inherited" or end is None:
        return False
    return end >= len(tokens) or tokens.lower[end] not in PLACED
