"""What arguments may be."""

from __future__ import annotations

import argparse

PUBLISHED_FROM = ("metadata", "filename", "url")


def positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number above zero")
    return int(text)


def seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e9:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds above zero")
    return seconds


def share(text: str) -> tuple[int, int]:
    share, _, shares = text.partition("/")
    if not (share.isdecimal() and shares.isdecimal() and 1 <= int(share) <= int(shares)):
        raise argparse.ArgumentTypeError(f"{text!r} is no share like 3/10")
    return int(share), int(shares)


def witnesses(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    wrong = [name for name in names if name not in PUBLISHED_FROM]
    if wrong:
        raise argparse.ArgumentTypeError(f"{wrong[0]!r} is none of {', '.join(PUBLISHED_FROM)}")
    if len(set(names)) < len(names):
        raise argparse.ArgumentTypeError(f"{text!r} names one of them twice")
    return names
