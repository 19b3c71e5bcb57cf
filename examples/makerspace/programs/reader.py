"""The agent at a door: reads the numbers of fobs, asks the door's socket, and turns the lock.

A card reader of the usual kind is a keyboard: it types a number and a line end. Here the numbers come from standard input, so a simulated reader is a
file or a pipe. The lock is a line on standard output: put your relay there.
`reader.py doors/front door.sock SECRET access/fobs.csv`
"""

import json
import socket
import sys

import fobs


def ask(connection, wish):
    """One line to the door, one line back."""
    connection.write(json.dumps(wish) + "\n")
    connection.flush()
    return json.loads(connection.readline())


def wish_for(thing, row):
    """What is asked for a fob: by whom it is held, and whether it was disabled. Nobody's fob is asked for nobody."""
    if row is None:
        return {"thing": thing}
    person, state = row
    return {"thing": thing, "person": person, **({} if state == "active" else {"credential": "disabled"})}


def main(thing, place, secret_file, list_file):
    """Reads fobs until the reader ends."""
    secret = fobs.read_secret(secret_file)
    with socket.socket(socket.AF_UNIX) as door:
        door.connect(place)
        connection = door.makefile("rw", encoding="utf-8")
        for line in sys.stdin:
            number = fobs.number_of(line)
            # The list is read again each time: a fob disabled a minute ago is disabled now.
            row = None if number is None else fobs.read_list(list_file).get(fobs.keyed_hash(secret, number))
            answer = ask(connection, wish_for(thing, row))
            is_allowed = answer.get("kind") == "allowed"
            print("green" if is_allowed else f"red: {answer.get('says', 'The door could not decide.')}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit("reader.py THING SOCKET SECRET-FILE LIST")
    main(*sys.argv[1:])
