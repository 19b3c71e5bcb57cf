"""Fobs: their numbers stay on this machine, and the ledger holds a keyed hash of each.

Plain hashes would not do: there are so few numbers that all of them are tried in about a minute. The key lies in a file that only the doors and
the office have. `fobs.py SECRET NUMBER PERSON` prints the line for `access/fobs.csv`.
"""

import csv
import hashlib
import hmac
import sys

DIGITS = 10


def number_of(text):
    """A fob's number as ten digits, or None. Readers send more or fewer leading zeros."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdecimal()) or len(digits.lstrip("0")) > DIGITS:
        return None
    return digits.lstrip("0").rjust(DIGITS, "0")


def keyed_hash(secret, number):
    """What the ledger holds: HMAC-SHA-256 of the ten digits."""
    return hmac.new(secret, number.encode("ascii"), hashlib.sha256).hexdigest()


def plain_hash(number):
    """What the files of the stock doorbot hold: SHA-224 of the ten digits. Never in the ledger."""
    return hashlib.sha224(number.encode("ascii")).hexdigest()


def read_secret(path):
    """The key of the hashes. A line end behind it does not belong to it."""
    with open(path, "rb") as file:
        return file.read().rstrip(b"\r\n")


def read_list(path):
    """The governed list as {hash: (person, state)}."""
    with open(path, encoding="utf-8", newline="") as file:
        return {row["fob"]: (row["person"], row["state"]) for row in csv.DictReader(file)}


if __name__ == "__main__":
    if len(sys.argv) != 4 or number_of(sys.argv[2]) is None:
        sys.exit("fobs.py SECRET-FILE NUMBER PERSON")
    print(f"{keyed_hash(read_secret(sys.argv[1]), number_of(sys.argv[2]))},{sys.argv[3]},active")
