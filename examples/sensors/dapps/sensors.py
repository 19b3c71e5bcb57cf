"""Readings of sensors: judges `sensors/`, one file for each sensor. Instants are milliseconds and values whole numbers, so nothing is rounded.
"""

import sys

import gdo_dapp

HEADER = ["at", "value"]
LARGEST = 9_007_199_254_740_991


def read_value(text):
    """A whole number, perhaps below zero, or None."""
    size = gdo_dapp.read_count(text.removeprefix("-"), LARGEST)
    return None if size is None else -size if text.startswith("-") else size


def judge(text):
    """Sentences about what is wrong in the file of one sensor. Its first two rows are `least,N` and `most,N`."""
    rows = gdo_dapp.rows_of(text, HEADER)
    if isinstance(rows, str):
        return [rows]
    bounds = [read_value(cells[1]) for (_line, cells), name in zip(rows, ("least", "most")) if cells[0] == name]
    if len(bounds) != 2 or None in bounds or bounds[0] > bounds[1]:
        return ["it does not begin with least and most"]
    wrong, newest = [], -1
    for line, (written, value) in rows[2:]:
        at, measured = gdo_dapp.read_count(written, LARGEST), read_value(value)
        if at is None or measured is None:
            wrong.append(f"line {line} is not understood here")
        elif at <= newest:
            wrong.append(f"line {line} is not later than the line above it")
        elif not bounds[0] <= measured <= bounds[1]:
            wrong.append(f"line {line} says {measured}, and {bounds[0]} to {bounds[1]} is believed")
        newest = max(newest, -1 if at is None else at)
    return wrong


def main():
    """Judges every file of a case."""
    case = gdo_dapp.read_case()
    wrong = gdo_dapp.rewritten(case)
    for path in case.paths("sensors"):
        wrong.extend(f"{path}: {sentence}" for sentence in judge(case.text(path)))
    gdo_dapp.answer(wrong)


if __name__ == "__main__":
    sys.exit(main())
