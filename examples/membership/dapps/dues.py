"""Dues: judges the register in `dues/`, one line for each period that a member is billed.

A period of a month costs 25.00; for members of another space 5.00; each child after the first 5.00 more; all of it halved at the reduced rate.
Two periods of one person overlap by at most 14 days, so whoever renews early loses nothing and nobody is billed twice.
"""

import sys

import gdo_dapp

HEADER = ["person", "from", "until", "children", "elsewhere", "reduced", "amount"]
FULL, ELSEWHERE, CHILD = 2500, 500, 500
OVERLAP_DAYS_MOST = 14
PERIOD_DAYS = (28, 31)
CHILDREN_MOST = 20


def dues(children, elsewhere, reduced):
    """The dues of one month in hundredths. Every sum here is even, so the half is exact."""
    full = (ELSEWHERE if elsewhere else FULL) + CHILD * max(0, children - 1)
    return full // 2 if reduced else full


def read_row(cells):
    """One line as (person, from, until), or a sentence."""
    person, start, end, children, elsewhere, reduced, amount = cells
    begins, ends = gdo_dapp.read_day(start), gdo_dapp.read_day(end)
    if person == "" or begins is None or ends is None:
        return "names no person or no day"
    children_count = gdo_dapp.read_count(children, CHILDREN_MOST)
    if children_count is None:
        return "does not count the children"
    if elsewhere not in ("yes", "no") or reduced not in ("yes", "no"):
        return "says neither yes nor no"
    if not PERIOD_DAYS[0] <= (ends - begins).days <= PERIOD_DAYS[1]:
        return f"is {(ends - begins).days} days long; a period is a month"
    due = dues(children_count, elsewhere == "yes", reduced == "yes")
    if amount != f"{due // 100}.{due % 100:02d}":
        return f"asks {amount} of {person}, and the dues are {due // 100}.{due % 100:02d}"
    return person, begins, ends


def judge(text):
    """Sentences about what is wrong in a register; `until` is the first day after a period."""
    rows = gdo_dapp.rows_of(text, HEADER)
    if isinstance(rows, str):
        return [rows]
    wrong, periods = [], {}
    for number, cells in rows:
        row = read_row(cells)
        if isinstance(row, str):
            wrong.append(f"line {number} {row}")
            continue
        person, begins, ends = row
        for other_begins, other_ends in periods.setdefault(person, []):
            shared = (min(ends, other_ends) - max(begins, other_begins)).days
            if shared > OVERLAP_DAYS_MOST:
                wrong.append(f"line {number} bills {person} for {shared} days a second time; {OVERLAP_DAYS_MOST} may overlap")
        periods[person].append((begins, ends))
    return wrong


def main():
    """Judges every register of a case."""
    case = gdo_dapp.read_case()
    wrong = gdo_dapp.rewritten(case)
    for path in case.paths("dues", ".csv"):
        wrong.extend(f"{path}: {sentence}" for sentence in judge(case.text(path)))
    gdo_dapp.answer(wrong)


if __name__ == "__main__":
    sys.exit(main())
