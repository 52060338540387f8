"""Rules are data: YAML files in ``patterns/``, each rule with its own proof.

A rule file is a list of mappings. Keys every rule has: ``id`` (its first part names the *family*: ``event.…``,
``role.…``), ``phrases`` (literal wordings, matched without regard to case) and/or ``tokens`` (spaCy token patterns),
``examples`` (each ``text`` with what the rule ``finds`` in it, optionally what it ``gives``: keys of the value) and
``counterexamples`` (texts in which it must find nothing). Everything else (``type``, ``weight``, ``role`` …) is the
payload that the component of that family reads.

A user's folder is laid over the built-in rules: the same id replaces, ``disabled: true`` removes.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pkh_extract.errors import PatternError


class Example(BaseModel):
    """``finds`` is the exact text of the hit; ``gives`` is a part of the value that it must have; ``title`` is the
    headline over ``text``, where the rule is about headlines."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str
    finds: str
    title: str | None = None
    gives: dict[str, Any] = Field(default_factory=dict)


class Rule(BaseModel):
    """One rule; payload keys are read with :meth:`get`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)+$")
    phrases: list[str] = Field(default_factory=list)
    tokens: list[list[dict[str, Any]]] = Field(default_factory=list)
    examples: list[Example] = Field(default_factory=list)
    counterexamples: list[str] = Field(default_factory=list)
    disabled: bool = False

    @property
    def family(self) -> str:
        """The first part of the id: which component reads the rule."""
        return self.id.split(".", 1)[0]

    def get(self, key: str, default: Any = None) -> Any:
        """A payload value, or the default."""
        return (self.model_extra or {}).get(key, default)


class RuleSet(Mapping[str, Rule]):
    """All rules by id, in file order, with the folder(s) they came from and the hash of the files' bytes."""

    def __init__(self, rules: Iterable[Rule], folders: list[Path], digest: str) -> None:
        self._rules = {rule.id: rule for rule in rules if not rule.disabled}
        self.folders = folders
        self.digest = digest
        self.order = {rule_id: index for index, rule_id in enumerate(self._rules)}

    def __getitem__(self, key: str) -> Rule:
        return self._rules[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def family(self, name: str) -> list[Rule]:
        """The rules of one family, in file order."""
        return [rule for rule in self._rules.values() if rule.family == name]


def builtin_folder() -> Path:
    """The built-in pattern folder: inside the installed package, or beside it in a clone."""
    package = Path(__file__).resolve().parent
    for folder in (package / "patterns", package.parent / "patterns"):
        if folder.is_dir():
            return folder
    raise PatternError(f"The built-in pattern files are missing from {package}; reinstall pkh-extract.")


@functools.lru_cache(maxsize=8)
def load_rules(patterns: str | None = None) -> RuleSet:
    """The built-in rules, with those of the folder ``patterns`` laid over them. Read once per process and folder.

    Raises :class:`PatternError` with a sentence naming file and rule where a file is missing or wrong.
    """
    folders = [builtin_folder()]
    if patterns is not None:
        own = Path(patterns)
        if not own.is_dir():
            raise PatternError(f"No pattern folder at {own}; give the path of a folder with .yaml rule files.")
        folders.append(own)
    rules: dict[str, Rule] = {}
    families: set[str] = set()
    digest = hashlib.sha256()
    for folder in folders:
        seen: dict[str, Path] = {}
        for path in sorted(folder.rglob("*")):
            if path.suffix not in {".yaml", ".csv"} or not path.is_file():
                continue
            data = path.read_bytes()
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + data + b"\0")
            if path.suffix == ".yaml":
                for rule in _read_file(path, data):
                    if rule.id in seen:
                        raise PatternError(f"{path}: rule {rule.id} stands in {seen[rule.id]} already; ids are unique.")
                    seen[rule.id] = path
                    if rule.disabled and rule.id not in rules:
                        raise PatternError(f"{path}: rule {rule.id} is disabled, but there is no rule of that name.")
                    if (wrong := _fault(rule, own=folder != folders[0] and rule.family not in families)) is not None:
                        raise PatternError(f"{path}: rule {rule.id} is wrong: {wrong}.")
                    rules[rule.id] = rule
        families = families or {rule.family for rule in rules.values()}
    return RuleSet(rules.values(), folders, digest.hexdigest())


def _fault(rule: Rule, own: bool) -> str | None:
    """What is wrong with a rule, in a clause; ``own``: its family is a user's own, whose payload is anything."""
    from pkh_extract.payloads import fault, wording_fault

    if rule.disabled:
        return None
    payload = None if own else fault(rule.family, rule.model_extra or {})
    return payload or wording_fault(rule.phrases, rule.tokens)


def _read_file(path: Path, data: bytes) -> list[Rule]:
    import yaml

    try:
        entries = yaml.load(data.decode("utf-8"), Loader=_loader()) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PatternError(f"{path} is no readable YAML: {' '.join(str(error).split())}") from error
    if not isinstance(entries, list):
        raise PatternError(f"{path}: a rule file is a list of rules, each beginning with '- id: …'.")
    rules = []
    for number, entry in enumerate(entries, start=1):
        try:
            rules.append(Rule.model_validate(entry))
        except ValidationError as error:
            name = entry.get("id", f"number {number}") if isinstance(entry, dict) else f"number {number}"
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise PatternError(f"{path}: rule {name} is wrong at {where or 'its top'}: {first['msg']}.") from error
    return rules


@functools.cache
def _loader() -> Any:
    """YAML's safe loader, in which only ``true`` and ``false`` are booleans and only plain digits are integers, so
    that the words ``No`` and ``on`` and the wording ``12:30`` or ``2020-01-01`` stay text."""
    import re

    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc, valid-type]
        yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012

    for tag, pattern, first in (
        ("bool", r"true|false", "tf"),
        ("int", r"-?[0-9]+", "-0123456789"),
        ("float", r"-?[0-9]+\.[0-9]+", "-0123456789"),
        ("null", r"~|null|", "~n"),
    ):
        Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), [*first])
    return Loader
