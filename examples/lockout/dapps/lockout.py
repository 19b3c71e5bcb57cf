"""Tags on machines: judges the log in `tags/log.csv`.

A tag says why a machine stands still. It is taken off only after an inspection that came after the tag, and by another person than the inspector:
four eyes. A machine with two tags needs both taken off. Nothing in the log is rewritten.
"""

import sys

import gdo_dapp

HEADER = ["day", "machine", "action", "tag", "person", "reason"]


def judge(text):
    """Sentences about what is wrong in a log."""
    rows = gdo_dapp.rows_of(text, HEADER)
    if isinstance(rows, str):
        return [rows]
    wrong, newest, hanging, used, inspections = [], None, {}, set(), {}
    for number, (written, machine, action, tag, person, reason) in rows:
        day = gdo_dapp.read_day(written)
        if day is None or machine == "" or person == "" or tag == "" or action not in ("lock", "inspect", "release"):
            wrong.append(f"line {number} is not understood here")
            continue
        if newest is not None and day < newest:
            wrong.append(f"line {number} is older than the line above it")
        newest = day
        if reason.strip() == "":
            wrong.append(f"line {number} gives no reason")
        if action == "lock":
            if tag in used:
                wrong.append(f"line {number} uses tag {tag} a second time")
            used.add(tag)
            hanging[tag] = machine
        elif hanging.get(tag) != machine:
            wrong.append(f"line {number}: tag {tag} does not hang on {machine}")
        elif action == "inspect":
            inspections[tag] = person
        elif tag not in inspections:
            wrong.append(f"line {number} takes tag {tag} off, and nobody inspected {machine} since it hangs there")
        elif inspections[tag] == person:
            wrong.append(f"line {number}: {person} inspected {machine}, so somebody else takes tag {tag} off")
        else:
            del hanging[tag]
    return wrong


def main():
    """Judges the logs of a case."""
    case = gdo_dapp.read_case()
    wrong = gdo_dapp.rewritten(case)
    for path in case.paths("tags"):
        wrong.extend(f"{path}: {sentence}" for sentence in judge(case.text(path)))
    gdo_dapp.answer(wrong)


if __name__ == "__main__":
    sys.exit(main())
