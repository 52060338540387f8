"""Is a figure the whole of which another one is a part ("51 dari 91 KPM", "dari 91 KPM, 51 mundur")?"""

from __future__ import annotations

from pkh_extract.annotating.figures.values import Figure
from pkh_extract.annotating.tables import is_year
from pkh_extract.annotating.tokens import Tokens

CHANGED = {"menjadi", "jadi"}
OF = 1  # tokens between a part and its whole: "32 dari 40 pendamping"
OF_UNITS = 3  # the same with a unit: "32 orang petugas dari 40 pendamping"
PERCENT = {"persen", "%", "persennya", "separuh", "setengah", "sebagian", "sepertiga"}
SAID = {
    "jadi", "bahwa", "mengatakan", "menyebut", "menyebutkan", "menjelaskan", "menyampaikan", "mengungkapkan",
    "menuturkan", "menerangkan", "memaparkan",
}  # fmt: skip
LEADING = {"total", "sekitar", "sebanyak", "jumlah", "semula", "sebelumnya", "awalnya", "yang", "hanya", "tahun"}
REALISED = {"terealisasi", "realisasi", "realisasinya", "tersalur", "tersalurkan", "tersalurnya", "transaksi"}
COUNTING = {"sebanyak", "sejumlah", "ada", "sekitar", "terdapat", "baru", "hanya"}
VAGUE = {
    "ribuan", "ratusan", "puluhan", "belasan", "sebagian", "separuh", "separo", "setengahnya", "separuhnya", "beberapa",
}  # fmt: skip
APART = 30  # tokens between a whole and its part
# Between the number of a part and the "dari" of its whole.
UNITS = {
    "kpm", "graduasi", "warga", "keluarga", "penerima", "manfaat", "kk", "orang", "pkh", "peserta", "kepala", "rumah",
    "tangga",
}  # fmt: skip


def after(found: list[Figure], index: int) -> Figure | None:
    """The figure that follows, if any."""
    return found[index + 1] if index + 1 < len(found) else None


def parted(tokens: Tokens, figure: Figure, after: Figure | None, partial: dict[int, int]) -> bool:
    """Is the figure the whole of which the next one is some ("240 KPM, 21 KPM di antaranya mundur", "240 KPM. Dari
    jumlah itu 21 mundur")?"""
    if after is None or after.number_start - figure.end > APART or after.number.value >= figure.number.value:
        return False
    if not partial.keys().isdisjoint((after.number_end, after.end)):
        return True
    return any(at in partial and tokens.lower[at] == "dari" for at in range(figure.end, after.number_start))


def _counted(lower: list[str], i: int) -> int:
    """Where the units before token ``i`` begin: "47 warga penerima dari …"."""
    first = i
    while first > 1 and i - first < len(UNITS) and lower[first - 1] in UNITS:
        first -= 1
    return first


def changed(tokens: Tokens, figure: Figure) -> bool:
    """Is it told what became of the figure ("turun dari 30 menjadi 27")?"""
    return not CHANGED.isdisjoint(tokens.lower[figure.end : figure.end + 3])


def is_whole(tokens: Tokens, figure: Figure, after: Figure | None) -> bool:
    """Is the figure the whole of "51 (warga) dari 91 KPM" or of "Dari 91 KPM di desa itu, 51 mundur", or what was
    before, as in "dari 6 juta menjadi 10 juta"? Not where it is told what sort of whole ("Dari 51 KPM yang mundur")."""
    lower, words = tokens.lower, tokens.words
    i = figure.number_start - 1
    while i > 0 and (lower[i] in LEADING or is_year(lower[i])):
        i -= 1
    if i < 0 or lower[i] != "dari":
        return False
    if i > 0 and lower[i - 1] in PERCENT:
        return True  # "35 persen dari 12.000 KPM"
    if i > 0 and words[_counted(lower, i) - 1].numeral:
        return True
    if changed(tokens, figure):
        return True
    end = figure.end
    opens = tokens.opens_sentence(i) or not words[i - 1].is_alpha or lower[i - 1] in SAID
    told = lower[end] if end < len(lower) else ""
    smaller = after is not None and after.number_start - end < APART and after.number.value < figure.number.value
    smaller = smaller or _leads_to_fewer(tokens, figure)
    if opens and smaller and told == "," and lower[end + 1 : end + 2] == ["yang"]:
        return True  # "dari 9.450 KPM, yang telah graduasi 312"
    return opens and smaller and told not in {"yang", "tersebut", "itu", "ini"}


def realised(tokens: Tokens, before: Figure, start: int, value: int) -> bool:
    """Is the number at token ``start`` what came of the figure before it in its sentence ("19.073 KPM dan yang
    terealisasi 18.135")?"""
    same = tokens.sentence[before.number_start] == tokens.sentence[start] and start - before.end <= APART
    return same and tokens.lower[start - 1] in REALISED and value <= before.number.value


def came_of(tokens: Tokens, figure: Figure, after: Figure | None) -> bool:
    """Does the next figure tell what came of this one?"""
    return after is not None and realised(tokens, figure, after.number_start, after.number.value)


def _leads_to_fewer(tokens: Tokens, figure: Figure) -> bool:
    """Does a clause follow that opens with a smaller number, whatever that counts ("Dari 300 KPM di kecamatan itu,
    sebanyak 32 dicatat dinas telah graduasi")?"""
    end = min(figure.end + APART, len(tokens) - 2)
    for at in range(figure.end, end):
        if tokens.opens_sentence(at):
            return False
        if tokens.lower[at] == "," and tokens.lower[at + 1] in COUNTING:
            if tokens.lower[at + 2] in VAGUE:
                return True  # "dari seratusan ribu KPM, baru ribuan yang ditempeli"
            number = tokens.text[at + 2].replace(".", "")
            return number.isdecimal() and int(number) < figure.number.value
    return False


def whole_and_part(tokens: Tokens, found: list[Figure], index: int) -> tuple[int, int] | None:
    """The indices of a whole and its part, where the figure is one of them ("dari 40 pendamping, 12 orang …", "12 dari
    40 pendamping …")."""
    for whole, part in ((index, index + 1), (index - 1, index), (index, index - 1), (index + 1, index)):
        if not (0 <= whole < len(found) and 0 <= part < len(found)):
            continue
        one, other = found[whole], found[part]
        gap = other.number_start - one.end if part > whole else one.number_start - other.number_end
        if other.number.value >= one.number.value or not 0 <= gap <= (APART if part > whole else OF_UNITS):
            continue
        if not changed(tokens, one) and is_whole(tokens, one, after(found, whole)):
            return whole, part
    return None


def some_came(tokens: Tokens, found: list[Figure], index: int) -> bool:
    """Is the figure the whole of which only some came ("dari 40 pendamping, 32 hadir", "32 dari 40 pendamping"), unlike
    the parts of "40 peserta dari 12 pendamping dan 28 operator"?"""
    figure = found[index]
    if changed(tokens, figure) or not is_whole(tokens, figure, after(found, index)):
        return False
    ahead = found[index - 1] if index else None
    if ahead is None or figure.number_start - ahead.end > OF:
        return True
    return ahead.number.value < figure.number.value
