"""The gazetteer: every province, regency, district and village of Indonesia by code and by name.

    >>> from pkh_extract import gazetteer
    >>> gazetteer.get("13.71").name
    'Kota Padang'
    >>> [place.code for place in gazetteer.find("Banjar")][:2]
    ['32.79', '63.03']
    >>> gazetteer.find("Plaga", parent="Kabupaten Badung")[0].name
    'Pelaga'

:func:`get` and :func:`find` give a :class:`Place`; :func:`coordinates` its point alone. The extractor itself works on
:class:`~pkh_extract.gazetteer.register.Gazetteer`.
"""

from __future__ import annotations

from pkh_extract.gazetteer.lookup import Place, coordinates, find, get
from pkh_extract.gazetteer.names import bare, is_city, normalise, regency_of
from pkh_extract.gazetteer.register import Gazetteer, load_gazetteer

__all__ = [
    "Gazetteer",
    "Place",
    "bare",
    "coordinates",
    "find",
    "get",
    "is_city",
    "load_gazetteer",
    "normalise",
    "regency_of",
]
