"""Work items: judges the logs in `items/`, one file for each item.

An item is open, claimed by one person, or done. Only whoever claimed it gives it back or finishes it.
"""

import sys

import gdo_dapp

HEADER = ["day", "action", "person", "note"]


def judge(text):
    """Sentences about what is wrong in the log of one item."""
    rows = gdo_dapp.rows_of(text, HEADER)
    if isinstance(rows, str):
        return [rows]
    wrong, state, holder = [], "new", None
    for number, (day, action, person, _note) in rows:
        if gdo_dapp.read_day(day) is None or person == "":
            wrong.append(f"line {number} names no day or no person")
        elif (state, action) == ("new", "open"):
            state = "open"
        elif (state, action) == ("open", "claim"):
            state, holder = "claimed", person
        elif state == "claimed" and action in ("give-back", "done"):
            if person != holder:
                wrong.append(f"line {number}: {holder} has it, and not {person}")
            state = "open" if action == "give-back" else "done"
        else:
            wrong.append(f"line {number}: nobody can {action[:20]} what is {state}{f' by {holder}' if state == 'claimed' else ''}")
    return wrong


def main():
    """Judges every file of a case."""
    case = gdo_dapp.read_case()
    wrong = gdo_dapp.rewritten(case)
    for path in case.paths("items"):
        wrong.extend(f"{path}: {sentence}" for sentence in judge(case.text(path)))
    gdo_dapp.answer(wrong)


if __name__ == "__main__":
    sys.exit(main())
