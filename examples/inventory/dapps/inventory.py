"""Stock: judges the log in `stock/log.csv`. Quantities are whole numbers of one unit for each item; what is not there does not go.
"""

import sys

import gdo_dapp

HEADER = ["day", "item", "action", "quantity", "unit", "person", "reason"]
QUANTITY_MOST = 1_000_000_000


def judge(text):
    """Sentences about what is wrong in a log."""
    rows = gdo_dapp.rows_of(text, HEADER)
    if isinstance(rows, str):
        return [rows]
    wrong, stock, units = [], {}, {}
    for number, (day, item, action, written, unit, person, reason) in rows:
        quantity = gdo_dapp.read_count(written, QUANTITY_MOST)
        if gdo_dapp.read_day(day) is None or "" in (item, unit, person) or quantity is None or action not in ("in", "out", "count"):
            wrong.append(f"line {number} is not understood here")
            continue
        held = stock.get(item, 0)
        if units.setdefault(item, unit) != unit:
            wrong.append(f"line {number} counts {item} in {unit}, and the lines above in {units[item]}")
        elif action == "out" and quantity > held:
            wrong.append(f"line {number} takes {quantity} {unit} of {item}, and there are {held}")
        elif action == "count" and quantity != held and reason.strip() == "":
            wrong.append(f"line {number} counts {quantity} {unit} of {item} where {held} are in the books, and does not say why")
        else:
            stock[item] = quantity if action == "count" else held + (quantity if action == "in" else -quantity)
    return wrong


def main():
    """Judges every file of a case."""
    case = gdo_dapp.read_case()
    wrong = gdo_dapp.rewritten(case)
    for path in case.paths("stock"):
        wrong.extend(f"{path}: {sentence}" for sentence in judge(case.text(path)))
    gdo_dapp.answer(wrong)


if __name__ == "__main__":
    sys.exit(main())
