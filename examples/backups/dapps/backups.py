"""Copies of large files: judges the log in `copies/log.csv`. A copy is dropped only where enough others were read through lately.
"""

import sys

import gdo_dapp

HEADER = ["day", "sha256", "action", "place", "person"]
COPIES_LEAST = 2
READ_THROUGH_WITHIN_DAYS = 90


def judge(text):
    """Sentences about what is wrong in a log."""
    rows = gdo_dapp.rows_of(text, HEADER)
    if isinstance(rows, str):
        return [rows]
    wrong, seen, newest = [], {}, None
    for number, (written, name, action, place, person) in rows:
        day = gdo_dapp.read_day(written)
        is_hash = len(name) == 64 and all(sign in "0123456789abcdef" for sign in name)
        if day is None or not is_hash or "" in (place, person) or action not in ("add", "verify", "drop"):
            wrong.append(f"line {number} is not understood here")
            continue
        if newest is not None and day < newest:
            wrong.append(f"line {number} is older than the line above it")
        newest = day
        if action != "add" and (name, place) not in seen:
            wrong.append(f"line {number}: no copy of {name[:8]} is at {place}")
        elif action != "drop":
            seen[name, place] = day
        else:
            others = [when for (other, where), when in seen.items() if other == name and where != place]
            sound = [when for when in others if (day - when).days <= READ_THROUGH_WITHIN_DAYS]
            if len(sound) < COPIES_LEAST:
                wrong.append(f"line {number} drops {name[:8]} at {place}, and {len(sound)} of {COPIES_LEAST} other copies were read through in {READ_THROUGH_WITHIN_DAYS} days")
            else:
                del seen[name, place]
    return wrong


def main():
    """Judges every file of a case."""
    case = gdo_dapp.read_case()
    wrong = gdo_dapp.rewritten(case)
    for path in case.paths("copies"):
        wrong.extend(f"{path}: {sentence}" for sentence in judge(case.text(path)))
    gdo_dapp.answer(wrong)


if __name__ == "__main__":
    sys.exit(main())
