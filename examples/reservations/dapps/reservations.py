"""Reservations: judges the calendar files in `reservations/`, one file for each slot, in the form of RFC 5545.

Slots are half-open and in UTC, so the night in which clocks change is a night like any other. Two slots of one thing never overlap.
`reservations.py export FILE...` prints one calendar of all; `reservations.py import CALENDAR FOLDER` writes a file for each slot of a calendar.
"""

import os
import re
import sys
from datetime import datetime, timedelta, timezone

import gdo_dapp

HOURS_MOST = 4
OPEN_SLOTS_MOST = 3
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
UTC_FORM = re.compile(r"[0-9]{8}T[0-9]{6}Z\Z")
LOCAL_FORM = re.compile(r"[0-9]{8}T[0-9]{6}\Z")
CONTENT_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:,])*(?:,(?:"[^"]*"|[^";:,])*)*)*):(.*)\Z')
PARAMETER = re.compile(r';([A-Za-z0-9-]+=(?:"[^"]*"|[^";])*)')
LENGTH_FORM = re.compile(r"PT(?:([0-9]{1,3})H)?(?:([0-9]{1,4})M)?\Z")
PRODUCT = "-//gdo//reservations//EN"
FIELDS = ("UID", "DTSTAMP", "DTSTART", "DTEND", "RESOURCES", "CONTACT", "SUMMARY")
BYTES_MOST_ON_A_LINE = 75


class Wrong(Exception):
    """A sentence about a calendar that cannot be taken."""


def unfolded(text):
    """The content lines of a calendar as (name, parameters, value). RFC 5545 section 3.1."""
    lines = re.sub(r"\r?\n[ \t]", "", text).replace("\r\n", "\n").split("\n")
    found = []
    for line in [line for line in lines if line != ""]:
        parts = CONTENT_LINE.match(line)
        if parts is None or any(ord(sign) < 32 and sign != "\t" for sign in line):
            raise Wrong(f"the line {line[:40]!r} is no content line")
        parameters = {}
        for parameter in PARAMETER.findall(parts.group(2)):
            key, _equals, content = parameter.partition("=")
            parameters[key.upper()] = content.strip('"')
        found.append((parts.group(1).upper(), parameters, parts.group(3)))
    return found


def events(text):
    """The events of a calendar, each a dictionary from name to (parameters, value)."""
    lines = unfolded(text)
    if not lines or lines[0][::2] != ("BEGIN", "VCALENDAR") or lines[-1][::2] != ("END", "VCALENDAR"):
        raise Wrong("it does not begin and end as a calendar")
    found, stack = [], []
    for name, parameters, value in lines[1:-1]:
        if name == "BEGIN":
            stack.append(value.upper())
            if stack == ["VEVENT"]:
                found.append({})
        elif name == "END":
            if not stack or stack.pop() != value.upper():
                raise Wrong("its parts are not nested")
        elif stack == ["VEVENT"]:
            if name in found[-1]:
                raise Wrong(f"an event has {name} twice")
            found[-1][name] = (parameters, value)
    if stack:
        raise Wrong("its parts are not nested")
    return found


def zone_of(name):
    """A zone of this machine. Only `import` has any: what is stored is in UTC."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Wrong(f"there is no zone {name[:40]}") from None


def instant(field):
    """An instant in UTC from a date with time; a local one is read as RFC 5545 section 3.3.5 says, by the zones of this machine."""
    parameters, value = field
    zone = timezone.utc
    if LOCAL_FORM.match(value) and "TZID" in parameters:
        zone = zone_of(parameters["TZID"])
    elif not UTC_FORM.match(value):
        raise Wrong(f"{value[:40]} is no instant: write UTC or name a zone")
    try:
        return datetime.strptime(value.rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=zone).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise Wrong(f"there is no instant {value[:40]}") from None


def slot(event):
    """An event as a slot: values of FIELDS, with DTSTART and DTEND as instants in UTC."""
    if any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
        raise Wrong("an event repeats; reserve each slot by itself")
    if "DTEND" not in event and "DURATION" in event and (length := LENGTH_FORM.match(event["DURATION"][1])):
        minutes = timedelta(hours=int(length.group(1) or 0), minutes=int(length.group(2) or 0))
        event["DTEND"] = ({}, (instant(event["DTSTART"]) + minutes).strftime("%Y%m%dT%H%M%SZ"))
    missing = [name for name in FIELDS[:-1] if name not in event]
    if missing:
        raise Wrong(f"an event has no {missing[0]}")
    values = {name: unescaped(event[name][1]) for name in FIELDS if name in event}
    begins, ends = instant(event["DTSTART"]), instant(event["DTEND"])
    if ends <= begins:
        raise Wrong("an event ends before it begins")
    return {**values, "DTSTAMP": instant(event["DTSTAMP"]), "DTSTART": begins, "DTEND": ends}


def unescaped(value):
    """TEXT of RFC 5545 section 3.3.11."""
    return re.sub(r"\\(.)", lambda sign: "\n" if sign.group(1) in "nN" else sign.group(1), value)


def escaped(text):
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def folded(line):
    """A content line in pieces of at most 75 bytes, never within a character."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode("utf-8")) > BYTES_MOST_ON_A_LINE:
            pieces.append(piece)
            piece = " "
        piece += sign
    return "\r\n".join([*pieces, piece]) + "\r\n"


def calendar(slots):
    """A calendar of slots, in canonical form."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}"]
    for one in slots:
        lines.append("BEGIN:VEVENT")
        for name in FIELDS:
            if name in one:
                value = one[name].strftime("%Y%m%dT%H%M%SZ") if name.startswith("DT") else escaped(one[name])
                lines.append(f"{name}:{value}")
        lines.append("END:VEVENT")
    return "".join(folded(line) for line in [*lines, "END:VCALENDAR"])


def read_slots(text):
    """The slots of a calendar."""
    return [slot(event) for event in events(text)]


def path_of(one):
    """Where a slot lies: two slots of a thing that begin together cannot both be merged."""
    if not NAME.match(one["RESOURCES"]):
        raise Wrong(f"{one['RESOURCES'][:40]!r} names no thing")
    return f"reservations/{one['RESOURCES']}/{one['DTSTART'].strftime('%Y%m%dT%H%MZ')}.ics"


def judge(files, now):
    """Sentences about what is wrong with the files of all slots; `now` bounds which slots are still open."""
    wrong, slots = [], []
    for path, text in files:
        try:
            if text is None:
                raise Wrong("it is not UTF-8")
            own = read_slots(text)
            if len(own) != 1 or calendar(own) != text or path_of(own[0]) != path:
                raise Wrong("it is not one slot as `import` writes it")
            slots.append((path, own[0]))
        except Wrong as fault:
            wrong.append(f"{path}: {fault}")
    open_slots, uids, newest = {}, set(), {}
    for path, one in sorted(slots, key=lambda pair: (pair[1]["RESOURCES"], pair[1]["DTSTART"], pair[0])):
        thing, person = one["RESOURCES"], one["CONTACT"]
        if one["DTEND"] - one["DTSTART"] > timedelta(hours=HOURS_MOST):
            wrong.append(f"{path}: it is longer than {HOURS_MOST} hours")
        if one["UID"] in uids:
            wrong.append(f"{path}: another slot has its UID")
        uids.add(one["UID"])
        before = newest.get(thing)
        if before and one["DTSTART"] < before[1]["DTEND"]:
            wrong.append(f"{path}: {thing} is reserved then by {before[1]['CONTACT']}")
        if before is None or one["DTEND"] > before[1]["DTEND"]:
            newest[thing] = (path, one)
        if one["DTEND"] > now:
            open_slots[person] = open_slots.get(person, 0) + 1
            if open_slots[person] == OPEN_SLOTS_MOST + 1:
                wrong.append(f"{path}: {person} has {OPEN_SLOTS_MOST} other slots ahead")
    return wrong


def read_text(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def main(words):
    """Judges a case, or brings calendars in and out."""
    if words[:1] == ["export"]:
        slots = [one for path in words[1:] for one in read_slots(read_text(path))]
        sys.stdout.buffer.write(calendar(sorted(slots, key=lambda one: (one["DTSTART"], one["UID"]))).encode("utf-8"))
        return 0
    if words[:1] == ["import"] and len(words) == 3:
        slots = read_slots(read_text(words[1]))
        for one in slots:
            path = os.path.join(words[2], path_of(one))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "x", encoding="utf-8", newline="") as file:
                file.write(calendar([one]))
        print(f"slots written: {len(slots)}; propose them with:  gdo start reservation")
        return 0
    case = gdo_dapp.read_case()
    now = datetime.fromtimestamp(case.time_ms // 1000, timezone.utc)
    gdo_dapp.answer(judge([(path, case.text(path)) for path in case.paths("reservations")], now))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Wrong as fault:
        sys.exit(f"not taken: {fault}")
