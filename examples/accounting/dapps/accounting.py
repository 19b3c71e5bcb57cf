"""Double-entry books: judges the journals in `books/`, which `ledger` and `hledger` read as they are.

It accepts a part of their language: transactions with a date, a code and a payee, postings with amounts in one commodity each and
at most one without an amount, `account` and `commodity` directives, comments. Amounts are whole numbers of the smallest unit, never floats.
`accounting.py FILE...` prints the balances instead.
"""

import re
import sys
from datetime import date

import gdo_dapp

DAY = r"(197[0-9]|19[89][0-9]|[2-9][0-9]{3})-([0-9]{2})-([0-9]{2})"
CODE = r"[A-Za-z0-9-]{1,40}"
ACCOUNT = r"[A-Za-z][\w:&'-]*(?: [\w:&'-]+)*"
# A comment holds no tags but `refund`: other programs give meaning to some, such as dates.
COMMENT = rf"(?:  ; (?:refund: ({CODE})|[^:\[\]]*))?$"
OPENING = re.compile(rf"{DAY}(?: [*!])?(?: \(({CODE})\))? ([^\W_][^;|(]*?){COMMENT}")
POSTING = re.compile(rf"  +({ACCOUNT})(?:  +(-?)([0-9]{{1,12}})\.([0-9]{{2}}) ([A-Z]{{2,8}}))?{COMMENT}")
DIRECTIVE = re.compile(rf"account ({ACCOUNT})$|commodity [A-Z]{{2,8}}$")
REMARK = re.compile(r"  +; [^:\[\]]*$")
INCOME = "Income:"
LINE_LENGTH_MOST = 500


class Transaction:
    """One transaction: `postings` are [account, units or None, commodity or None]."""

    def __init__(self, line_number, code, refunds):
        self.line_number, self.code, self.refunds = line_number, code, refunds
        self.postings = []

    def balance(self):
        """Fills in the one posting without an amount. Returns a sentence where it does not balance."""
        sums = {}
        for _account, units, commodity in self.postings:
            if units is not None:
                sums[commodity] = sums.get(commodity, 0) + units
        open_sums = {commodity: units for commodity, units in sums.items() if units != 0}
        blanks = [index for index, posting in enumerate(self.postings) if posting[1] is None]
        if len(self.postings) < 2:
            return "has fewer than two postings"
        if len(blanks) > 1:
            return "has more than one posting without an amount"
        if blanks and len(open_sums) > 1:
            return "has two commodities and a posting without an amount"
        if blanks:
            commodity, units = next(iter(open_sums.items()), next(iter(sums.items()), ("", 0)))
            self.postings[blanks[0]][1:] = [-units, commodity]
            return None if commodity else "has no amount"
        if open_sums:
            commodity, units = sorted(open_sums.items())[0]
            return f"does not balance: {shown(units)} {commodity} are left over"
        return None


def shown(units):
    """An amount with two decimals."""
    return f"{'-' if units < 0 else ''}{abs(units) // 100}.{abs(units) % 100:02d}"


def is_day(year, month, day):
    """True for a day of the calendar."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def read_journal(path, text):
    """Reads a journal. Returns its transactions, its declared accounts, and sentences about what is wrong."""
    transactions, accounts, wrong = [], set(), []
    current = None
    for number, line in enumerate(text.split("\n"), 1):
        where = f"{path}:{number}:"
        if len(line) > LINE_LENGTH_MOST or any(ord(sign) < 32 or 127 <= ord(sign) < 160 for sign in line):
            wrong.append(f"{where} the line is too long or holds a tab, a carriage return or another control character")
        elif line.strip(" ") == "":
            current = None
        elif line.startswith(";") or (current and REMARK.match(line)):
            continue
        elif current and (posting := POSTING.match(line)):
            account, sign, whole, part, commodity, _refund = posting.groups()
            units = None if whole is None else int(whole + part) * (-1 if sign else 1)
            current.postings.append([account, units, commodity])
        elif opening := OPENING.match(line):
            year, month, day, code, _payee, refund = opening.groups()
            current = Transaction(number, code, refund)
            transactions.append(current)
            if not is_day(int(year), int(month), int(day)):
                wrong.append(f"{where} there is no such day")
        elif directive := DIRECTIVE.match(line):
            current = None
            accounts |= {directive.group(1)} - {None}
        else:
            wrong.append(f"{where} this line is not understood here")
    return transactions, accounts, wrong


def judge(journals):
    """Judges journals together, given as (path, text) in order. Returns the transactions and sentences about what is wrong."""
    everything, accounts, wrong = [], set(), []
    for path, text in journals:
        transactions, declared, found = read_journal(path, text)
        everything.extend((path, transaction) for transaction in transactions)
        accounts |= declared
        wrong.extend(found)
    charges, refunded, codes = {}, {}, set()
    for path, transaction in everything:
        where = f"{path}:{transaction.line_number}: the transaction"
        fault = transaction.balance()
        if fault:
            wrong.append(f"{where} {fault}")
            continue
        wrong.extend(f"{where} posts to {name}, which no `account` line declares" for name, _u, _c in transaction.postings if name not in accounts)
        if transaction.code and transaction.code in codes:
            wrong.append(f"{where} has the code {transaction.code} of another one")
        if transaction.code:
            codes.add(transaction.code)
        earned = [(-units, commodity) for name, units, commodity in transaction.postings if name.startswith(INCOME)]
        for units, commodity in earned:
            if transaction.refunds:
                key = (transaction.refunds, commodity)
                refunded[key] = refunded.get(key, 0) - units
                if refunded[key] > charges.get(key, 0):
                    wrong.append(f"{where} refunds {shown(refunded[key])} {commodity} of {transaction.refunds}, which charged {shown(charges.get(key, 0))}")
            elif transaction.code:
                charges[(transaction.code, commodity)] = charges.get((transaction.code, commodity), 0) + units
            if units < 0 and not transaction.refunds:
                wrong.append(f"{where} takes from {INCOME[:-1]} and names no charge: write `; refund: CODE` behind the payee")
    return everything, wrong


def balances(everything):
    """The balance of each account in each commodity, without those that are zero."""
    sums = {}
    for _path, transaction in everything:
        for account, units, commodity in transaction.postings:
            sums[account, commodity] = sums.get((account, commodity), 0) + (units or 0)
    return [(account, commodity, units) for (account, commodity), units in sorted(sums.items()) if units != 0]


def main(names):
    """Judges a case, or prints the balances of the files named."""
    if names:
        journals = [(name, open(name, encoding="utf-8", newline="").read()) for name in names]
        everything, wrong = judge(journals)
        for sentence in wrong:
            print(sentence)
        for account, commodity, units in balances(everything) if not wrong else []:
            print(f"{account}\t{commodity}\t{shown(units)}")
        return 1 if wrong else 0
    case = gdo_dapp.read_case()
    journals = [(path, case.text(path)) for path in case.paths("books", ".journal")]
    unreadable = [f"{path}: it is not UTF-8" for path, text in journals if text is None]
    _everything, wrong = judge([(path, text) for path, text in journals if text is not None])
    gdo_dapp.answer(unreadable + gdo_dapp.rewritten(case) + wrong)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
