"""A dapp in Python: one case comes in on standard input, one verdict goes out. Same input, same bytes; there is no network, no clock, no chance here.

It accepts a change when every file below fees/ is one whole number of at most 5000 and a line feed. Write your own rule in `judge`.
"""

import json
import re
import sys

MOST = 5000


def judge(path, content):
    """Sees one file. Returns None where it is no matter of this dapp, True where it is right, or a sentence why not."""
    if not path.startswith("fees/"):
        return None
    if not re.fullmatch(rb"[0-9]{1,9}\n", content):
        return f"{path} is not one whole number and a line feed"
    amount = content.decode("ascii").strip()
    return True if int(amount) <= MOST else f"{path} asks {amount}, more than {MOST}"


def files(stream):
    """The files of a case: one line of JSON names them, then each comes as its length, a line feed, and its bytes."""
    head = json.loads(stream.readline())
    for path, _mode, _sha256, length in head["files"]:
        said, content = stream.readline(), stream.read(length)
        if said != b"%d\n" % length or len(content) != length:
            raise ValueError("the input is not framed as declared")
        yield path, content


def main():
    answers = [judge(path, content) for path, content in files(sys.stdin.buffer)]
    reasons = [answer for answer in answers if isinstance(answer, str)][:20]
    verdict = {"score": answers.count(True), "v": 1, "verdict": "reject" if reasons else "accept"}
    if reasons:
        verdict["reasons"] = reasons
    text = json.dumps(verdict, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")


main()
