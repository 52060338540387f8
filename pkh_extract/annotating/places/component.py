"""Component ``pkh_places``: the places that a document names, and which areas they are.

Puts into ``doc.spans``: ``pkh_places`` and ``pkh_villages`` (value
:class:`~pkh_extract.annotating.places.values.Place`), ``pkh_venues`` (:class:`~.values.Venue`), ``pkh_offices``
(:class:`~.values.Office`) and ``pkh_place_parts`` (villages, hamlets, streets, rivers: names with the word before them,
without a value). Where an event took place is answered by :mod:`pkh_extract.annotating.places.choose`.
"""

from __future__ import annotations

from collections import Counter

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from pkh_extract.annotating.document import accept, new_span, register
from pkh_extract.annotating.lexicon import cues
from pkh_extract.annotating.places.bare import dateline_district, find_bare
from pkh_extract.annotating.places.context import NEAR, Context
from pkh_extract.annotating.places.mentions import Finder
from pkh_extract.annotating.places.offices import find_offices
from pkh_extract.annotating.places.senses import Resolver, common
from pkh_extract.annotating.places.values import Place
from pkh_extract.annotating.places.venues import find_venues
from pkh_extract.annotating.places.villages import VillageFinder
from pkh_extract.gazetteer import load_gazetteer
from pkh_extract.gazetteer.names import level_of
from pkh_extract.rules import RuleSet, builtin_folder, load_rules

KEY = "pkh_places"


class Places:
    """See the module."""

    def __init__(self, nlp: Language, rules: RuleSet) -> None:
        register()
        self.rules = rules
        self.gazetteer = load_gazetteer(tuple(str(folder) for folder in rules.folders if folder != builtin_folder()))
        self.finder = Finder(nlp, self.gazetteer)

    def __call__(self, doc: Doc) -> Doc:
        context = Context(doc, self.rules, self.gazetteer)
        mentions = self.finder.find(doc, context)
        civil: Counter[str] = Counter()
        for cue in cues(doc, "place_office", "place_level"):
            level = self.rules[cue.id_].get("level")
            if level in {"kota", "kabupaten"} and self.rules[cue.id_].get("civil"):
                civil[level] += 1
        resolver = Resolver(doc, mentions, self.gazetteer, civil, context.village_names())
        resolver.resolve()
        regencies = resolver.regencies()
        found = list(find_bare(doc, context, mentions, self.gazetteer, regencies))
        if not regencies:
            alone = dateline_district(doc, context, self.gazetteer, set(resolver.provinces))
            found = [(alone, alone.codes[0])] if alone is not None else []
        for mention, code in found:
            resolver.narrowed[len(mentions)], resolver.codes[len(mentions)] = (code,), code
            mentions.append(mention)
        villages = VillageFinder(doc, context, mentions, resolver)
        doc.spans["pkh_villages"] = filter_spans([*villages.find(), *villages.find_bare()])
        spans = []
        for index, mention in enumerate(mentions):
            codes, decided = resolver.narrowed[index], resolver.codes.get(index)
            if mention.hint == "district" and not mention.explicit and decided is None:
                continue
            shared = decided or common(codes)
            level = level_of(decided) if decided else "province" if shared else None
            place = Place(decided, codes, level, mention.kind, mention.explicit)
            spans.append(new_span(doc, mention.start, mention.end, "place", mention.rule, place))
            accept(doc, *mention.credits)
        doc.spans[KEY] = sorted(spans, key=lambda span: span.start)
        doc.spans["pkh_place_parts"] = context.part_spans()
        doc.spans["pkh_venues"] = find_venues(doc, self.rules)
        doc.spans["pkh_offices"] = find_offices(doc, self.rules)
        _credit_held(doc)
        return doc


def _credit_held(doc: Doc) -> None:
    """Note the verbs of holding, and the words that tell against it, that a place or venue follows closely."""
    starts = {span.start for key in (KEY, "pkh_venues") for span in doc.spans[key]}
    for cue in cues(doc, "place_held", "place_aside"):
        if any(i in starts for i in range(cue.end, cue.end + NEAR + 1)):
            accept(doc, cue)


@Language.factory("pkh_places", default_config={"patterns": None})
def make_places(nlp: Language, name: str, patterns: str | None) -> Places:
    """Factory ``pkh_places``."""
    return Places(nlp, load_rules(patterns))
