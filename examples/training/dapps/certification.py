"""Certificates: judges the register in `training/records.csv` by the requirements in `training/rules.csv`.

A certificate for a machine and a level needs, on the day it is given: another certificate, hours on the machine within the two years before, days
since the level below, a quiz, endorsements by different trainers, and a giver who holds a higher level and is somebody else.
"""

import sys
from datetime import timedelta

import gdo_dapp

RULES = ["machine", "level", "needs", "needs-level", "hours", "days", "quiz", "endorsements", "lasts"]
RECORDS = ["day", "person", "kind", "machine", "value", "by"]
HOURS_COUNT_FOR_DAYS = 730
NUMBER_MOST = 10000


def read_rules(text):
    """The requirements by (machine, level), or a sentence."""
    rows = gdo_dapp.rows_of(text, RULES)
    if isinstance(rows, str):
        return rows
    rules = {}
    for number, (machine, level, needs, *numbers) in rows:
        values = [gdo_dapp.read_count(value, NUMBER_MOST) for value in [level, *numbers]]
        if machine == "" or None in values:
            return f"line {number} names no machine or is no number"
        rules[machine, values[0]] = (needs, *values[1:])
    return rules


class Register:
    """What the records said so far."""

    def __init__(self, rules):
        self.rules = rules
        self.events = []

    def level(self, person, machine, day):
        """The highest level of a person that is in force on a day; 0 for none."""
        levels = {}
        for when, who, kind, what, value, _by in self.events:
            if (who, what) != (person, machine):
                continue
            if kind == "revoked":
                levels.clear()
            elif kind in ("certificate", "founding"):
                rule = self.rules.get((machine, value))
                levels[value] = kind == "founding" or (rule is not None and when + timedelta(days=rule[6]) > day)
        return max([level for level, is_in_force in levels.items() if is_in_force], default=0)

    def missing(self, person, machine, level, by, day):
        """Sentences about what a certificate lacks."""
        rule = self.rules.get((machine, level))
        if rule is None:
            return [f"there is no level {level} for {machine}"]
        needs, needs_level, hours, days, quiz, endorsements, _lasts = rule
        own = [event for event in self.events if event[1] == person and event[3] == machine]
        since = [event[0] for event in own if event[2] in ("certificate", "founding") and event[4] == level - 1]
        practised = sum(event[4] for event in own if event[2] == "hours" and (day - event[0]).days <= HOURS_COUNT_FOR_DAYS)
        scores = [event[4] for event in own if event[2] == "quiz"]
        endorsed = {event[5] for event in own if event[2] == "endorsed" and event[4] == level} - {person}
        found = []
        if needs and self.level(person, needs, day) < needs_level:
            found.append(f"{person} does not hold {needs} level {needs_level}")
        if practised < hours:
            found.append(f"{person} has {practised} of {hours} hours within two years")
        if days and (not since or (day - max(since)).days < days):
            found.append(f"{days} days with level {level - 1} are not over")
        if quiz and (not scores or scores[-1] < quiz):
            found.append(f"the newest quiz has {scores[-1] if scores else 'no'} of {quiz} points")
        if len(endorsed) < endorsements:
            found.append(f"{len(endorsed)} of {endorsements} trainers endorse it")
        if by == person:
            found.append("nobody certifies themselves")
        elif self.level(by, machine, day) <= level:
            found.append(f"{by} holds level {self.level(by, machine, day)} and can give only levels below that")
        return found


def judge(rules, text):
    """Sentences about what is wrong in a register."""
    rows = gdo_dapp.rows_of(text, RECORDS)
    if isinstance(rows, str):
        return [rows]
    register, wrong, newest = Register(rules), [], None
    for number, (written, person, kind, machine, value, by) in rows:
        day, amount = gdo_dapp.read_day(written), gdo_dapp.read_count(value, NUMBER_MOST)
        if day is None or person == "" or amount is None or kind not in ("founding", "certificate", "revoked", "hours", "quiz", "endorsed"):
            wrong.append(f"line {number} is not understood here")
            continue
        if newest is not None and day < newest:
            wrong.append(f"line {number} is older than the line above it")
        if kind == "founding" and any(event[2] != "founding" for event in register.events):
            wrong.append(f"line {number} founds, and founding certificates stand before everything else")
        if kind == "certificate":
            wrong.extend(f"line {number}: {sentence}" for sentence in register.missing(person, machine, amount, by, day))
        if kind == "endorsed" and register.level(by, machine, day) == 0:
            wrong.append(f"line {number}: {by} holds no certificate for {machine}")
        if kind in ("hours", "quiz") and by == person:
            wrong.append(f"line {number}: nobody records their own {kind}")
        newest = day
        register.events.append((day, person, kind, machine, amount, by))
    return wrong


def main():
    """Judges the register of a case."""
    case = gdo_dapp.read_case()
    records = [entry for entry in case.change if entry[0] == "training/records.csv"]
    wrong = [sentence for sentence in gdo_dapp.rewritten(case) if records and sentence.startswith("training/records.csv:")]
    wrong.extend(f"{path}: only rules.csv and records.csv belong here" for path in case.paths("training") if not path.endswith(("/rules.csv", "/records.csv")))
    if any(path in case.files for path in ("training/rules.csv", "training/records.csv")):
        rules = read_rules(case.text("training/rules.csv"))
        found = [f"training/rules.csv: {rules}"] if isinstance(rules, str) else [f"training/records.csv: {one}" for one in judge(rules, case.text("training/records.csv"))]
        wrong.extend(found)
    gdo_dapp.answer(wrong)


if __name__ == "__main__":
    sys.exit(main())
