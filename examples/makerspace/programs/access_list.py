"""Lists for the stock doorbot, from what the bylaws decide now. It knows yes and no and no hours, so write the list again each minute.

`gdo slice door.ndjson --org ID --thing doors/front --everyone --json | access_list.py csv FOBS > acl.csv`, or `json` for its newer form.
FOBS is a file of this machine, `number,person,state`: whoever has it can copy every fob, so it goes into no repository, and neither does the list.
"""

import csv
import json
import sys

import fobs


def rows_of(answers, path):
    """One row for each fob of the local file: (number, person, allowed, what is said)."""
    told = {row["person"]: row for row in answers["rows"]}
    with open(path, encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            number, person, row = fobs.number_of(line["number"]), line["person"], told.get(line["person"])
            if number is None:
                raise SystemExit(f"{line['number']!r} is no number of a fob")
            if line["state"] != "active":
                yield number, person, "false", "This no longer opens anything."
            elif row is None:
                yield number, person, "denied", "This is not known here."
            else:
                yield number, person, "allowed" if row["kind"] == "allowed" else "denied", row.get("says", "")


def main(form, path):
    """Prints the list. Fobs that are refused are in it too, with the reason, so that the door can say why."""
    rows = sorted(rows_of(json.load(sys.stdin), path))
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(["username", "key", "value", "allowed", "hashedCard", "lastAccessed"])
        for number, person, allowed, _says in rows:
            writer.writerow([person, 0, 0, "allowed" if allowed == "allowed" else "denied", fobs.plain_hash(number), ""])
        return
    listed = [
        {
            "allowed": allowed,
            "last_accessed": "",
            "level": 0,
            "member": person,
            "nickname": person,
            "plan": "",
            "raw_tag_id": number,
            "tag_ident": f"{person}-{number[-4:]}",
            "tagid": fobs.plain_hash(number),
            "warning": says,
        }
        for number, person, allowed, says in rows
    ]
    json.dump(listed, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("csv", "json"):
        sys.exit("access_list.py csv|json FOBS < answers")
    main(*sys.argv[1:])
