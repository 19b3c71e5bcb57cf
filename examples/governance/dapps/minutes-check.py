"""Minutes: judges the files in `minutes/`, one for each meeting, named by its day."""

import re
import sys

import gdo_dapp

PRESENT_LEAST = 3
PERSON = r"[a-z0-9]+(?:-[a-z0-9]+)*"
PRESENT = re.compile(rf"Present: ({PERSON}(?:, {PERSON})*)")
CHAIR = re.compile(rf"Chair: ({PERSON})")
DECIDED = re.compile(r"Decided: .* \(([0-9]{1,4}) yes, ([0-9]{1,4}) no, ([0-9]{1,4}) abstain\)")


def judge(path, text):
    """Sentences about what is wrong in the minutes of one meeting."""
    day = path.removeprefix("minutes/").removesuffix(".md")
    if text is None:
        return ["it is not UTF-8"]
    if gdo_dapp.read_day(day) is None or not path.endswith(".md"):
        return ["it is not named by a day"]
    lines = text.split("\n")
    if lines[0] != f"# Meeting of {day}":
        return [f"its first line is not # Meeting of {day}"]
    present = [match.group(1).split(", ") for line in lines if (match := PRESENT.fullmatch(line))]
    chair = [match.group(1) for line in lines if (match := CHAIR.fullmatch(line))]
    if len(present) != 1 or len(chair) != 1:
        return ["it does not say once who was present and who was in the chair"]
    people, wrong = set(present[0]), []
    if len(people) != len(present[0]):
        wrong.append("somebody was present twice")
    if chair[0] not in people:
        wrong.append(f"{chair[0]} was in the chair and not present")
    for number, line in enumerate(lines, 1):
        if not line.startswith("Decided:"):
            continue
        votes = DECIDED.fullmatch(line)
        if votes is None:
            wrong.append(f"line {number} does not say how the vote went")
        elif len(people) < PRESENT_LEAST:
            wrong.append(f"line {number} decides with {len(people)} people, and {PRESENT_LEAST} are needed")
        elif sum(int(count) for count in votes.groups()) > len(people):
            wrong.append(f"line {number} counts more ballots than people")
        elif int(votes.group(1)) <= int(votes.group(2)):
            wrong.append(f"line {number} was not carried")
    return wrong


def main():
    """Judges the minutes of a case."""
    case = gdo_dapp.read_case()
    gdo_dapp.answer([f"{path}: {sentence}" for path in case.paths("minutes") for sentence in judge(path, case.text(path))])


if __name__ == "__main__":
    sys.exit(main())
