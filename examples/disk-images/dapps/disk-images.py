"""Journals of operations: judges `hosts/`, one file for each class of machines.

Line after line each names its number and the hash of everything before it. A line is added at the end or not at all: in another order, operations make
another machine. `disk-images.py replay FILE` prints the number and the hash at which a machine stands that has done them all.
"""

import hashlib
import sys

import gdo_dapp

HEADER = ["number", "before", "operation", "argument"]
OPERATIONS = ("install", "remove", "write", "run")


def replay(text):
    """The number of lines and the hash after the last, or sentences about what is wrong."""
    rows = gdo_dapp.rows_of(text, HEADER)
    if isinstance(rows, str):
        return [rows], None
    wrong, before = [], "0" * 64
    for index, (line, cells) in enumerate(rows, 1):
        number, named, operation, argument = cells
        if number != str(index) or operation not in OPERATIONS or argument == "":
            wrong.append(f"line {line} is no operation number {index}")
        elif named != before:
            wrong.append(f"line {line} does not follow the line above it")
        before = hashlib.sha256("\n".join([before, number, operation, argument]).encode("utf-8")).hexdigest()
    return wrong, (len(rows), before)


def main(words):
    """Judges the journals of a case, or says where one stands."""
    if words[:1] == ["replay"] and len(words) == 2:
        with open(words[1], encoding="utf-8") as file:
            wrong, end = replay(file.read())
        print("\n".join(wrong) if wrong else f"{end[0]} {end[1]}")
        return 1 if wrong else 0
    case = gdo_dapp.read_case()
    wrong = gdo_dapp.rewritten(case)
    for path in case.paths("hosts"):
        wrong.extend(f"{path}: {sentence}" for sentence in replay(case.text(path))[0])
    gdo_dapp.answer(wrong)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
