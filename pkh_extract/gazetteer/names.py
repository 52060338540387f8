"""Names and codes of areas as such: how they are compared, what a code tells by its form.

Codes are Kemendagri codes (Ministry of Home Affairs): province ``13``, regency ``13.71``, district ``13.71.01``,
village ``13.71.01.1001``.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Literal

Level = Literal["province", "regency", "district", "village"]
Kind = Literal["provinsi", "kabupaten", "kota", "kecamatan", "kelurahan", "desa"]

PROVINCE, REGENCY, DISTRICT, VILLAGE = 2, 5, 8, 13  # characters of a code
LENGTHS: dict[int, Level] = {PROVINCE: "province", REGENCY: "regency", DISTRICT: "district", VILLAGE: "village"}
VILLAGE_WORDS = frozenset({  # what villages are called, by law or locally (Law 6/2014 on villages, article 6)
    "desa", "kelurahan", "kel", "nagari", "gampong", "pekon", "kampung", "kampong", "kalurahan", "negeri", "lembang",
    "tiyuh", "nagori", "kute",
})  # fmt: skip
_MARKS = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) != "\n"}
KINDS = ("Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota ")


def normalise(name: str) -> str:
    """Letters and digits only, joined, without case: ``Muko-muko`` and ``Mukomuko`` are the same name."""
    key = name.casefold()
    return key if key.isalnum() else "".join(filter(str.isalnum, key))


def normalise_all(names: Sequence[str]) -> list[str]:
    """Each name normalised; those of plain letters, nearly all, in one go."""
    text = "\n".join([name if name.isascii() and "\n" not in name else normalise(name) for name in names])
    return text.translate(_MARKS).casefold().split("\n") if names else []


word_key = functools.lru_cache(maxsize=8192)(normalise)  # of single words, which come again in other articles


def bare(name: str) -> str:
    """A regency's name without Kabupaten or Kota."""
    for kind in KINDS:
        if name.startswith(kind):
            return name[len(kind) :]
    return name


def level_of(code: str) -> Level:
    """The level of a code. Raises ``KeyError`` for what has no code's length."""
    return LENGTHS[len(code)]


def parents_of(code: str) -> list[str]:
    """The codes of the areas that contain a code, the widest first, without itself."""
    return [code[:length] for length in LENGTHS if length < len(code)]


def is_city(code: str) -> bool:
    """Is the regency a kota? The register numbers them from 71 on in each province."""
    return len(code) == REGENCY and code[3:] >= "71"


def kind_of(code: str) -> Kind:
    """What an area is. Villages are numbered from 1001 (kelurahan) and from 2001 (desa and what it is called locally);
    from 3001 on are the desa adat of Papua."""
    if len(code) == REGENCY:
        return "kota" if is_city(code) else "kabupaten"
    if len(code) == VILLAGE:
        return "kelurahan" if code[9] == "1" else "desa"
    return "provinsi" if len(code) == PROVINCE else "kecamatan"


def regency_of(code: str) -> str | None:
    """The code of the regency that an area lies in (or is); ``None`` for a province."""
    return code[:REGENCY] if len(code) >= REGENCY else None
