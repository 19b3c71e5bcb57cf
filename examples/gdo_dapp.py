"""What every dapp of these examples shares: a case and its files come in on standard input, one verdict goes out.

A program that imports this file is a dapp: it needs no network, no clock and no chance, and says the same for the same input.
"""

import csv
import hashlib
import json
import sys
from datetime import date

REASONS_MOST = 20
REASON_LENGTH_MOST = 200


class Case:
    """One case: `files` maps each path of the candidate tree to its bytes, `change` lists (path, old entry, new entry)."""

    def __init__(self, head, files):
        self.files = files
        self.time_ms = head["time"]
        self.change = [tuple(entry) for entry in head["change"]]

    def text(self, path):
        """The text of a file, or None where it is absent or not UTF-8."""
        try:
            return self.files[path].decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            return None

    def paths(self, folder, ending=""):
        """The paths below a folder, in order."""
        return sorted(path for path in self.files if path.startswith(folder + "/") and path.endswith(ending))


def read_case(stream=None):
    """Reads one line of JSON, then each file: its length on a line, and its bytes."""
    stream = stream or sys.stdin.buffer
    head = json.loads(stream.readline())
    files = {}
    for path, _mode, _sha256, length in head["files"]:
        if int(stream.readline()) != length:
            raise ValueError("the input is not framed as declared")
        files[path] = stream.read(length)
    return Case(head, files)


def rewritten(case):
    """Sentences for files that were changed other than by lines added at their end.

    The old bytes are not here, only their hash: a beginning of the new bytes that ends with a line must have it.
    """
    found = []
    for path, old, new in case.change:
        if old == "absent" or path not in case.files:
            if new == "absent":
                found.append(f"{path}: a record is not removed")
            continue
        wanted = old.split(":")[-1]
        digest = hashlib.sha256()
        is_beginning = digest.hexdigest() == wanted
        for line in case.files[path].splitlines(keepends=True):
            digest.update(line)
            is_beginning = is_beginning or digest.copy().hexdigest() == wanted
        if not is_beginning:
            found.append(f"{path}: what stands there stays; add lines at the end")
    return found


def answer(reasons):
    """Prints the verdict as canonical JSON: accepted where there is no reason against."""
    said = [reason[:REASON_LENGTH_MOST] for reason in reasons[:REASONS_MOST]]
    verdict = {"reasons": said, "v": 1, "verdict": "reject" if said else "accept"}
    sys.stdout.write(json.dumps(verdict, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n")


def rows_of(text, header):
    """The lines of a CSV file as lists of cells, each with its number, or a sentence where it is none with this header."""
    if text is None:
        return "it is not UTF-8"
    try:
        rows = list(csv.reader(text.split("\n"), strict=True))
    except csv.Error as fault:
        return f"it is not CSV: {fault}"
    if not rows or rows[0] != header:
        return f"the first line is not {','.join(header)}"
    numbered = [(number, cells) for number, cells in enumerate(rows[1:], 2) if cells]
    odd = [number for number, cells in numbered if len(cells) != len(header)]
    return f"line {odd[0]} does not have {len(header)} cells" if odd else numbered


def read_day(text):
    """A day from 1970 to 2999 written as 2027-01-31, or None."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and 1970 <= day.year <= 2999 else None


def read_count(text, most):
    """A whole number from 0 to `most`, written without a sign or leading zeros, or None."""
    if not text.isascii() or not text.isdecimal() or len(text) > len(str(most)) or str(int(text)) != text:
        return None
    return int(text) if int(text) <= most else None
