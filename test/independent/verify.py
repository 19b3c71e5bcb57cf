#!/usr/bin/env python3
"""Judges gdo ledgers by SPEC.md, written from that text and the vectors alone: Python 3.11, standard library only. It shares no code with gdo,
which is the point: two programs, one verdict. The numbers behind § are sections of SPEC.md."""
import argparse, base64, functools, hashlib, heapq, itertools, json, re, signal, struct, sys
from types import SimpleNamespace
ZEROS = '0' * 64
SMALL_BYTES, LARGE_BYTES, BYLAWS_BYTES, NDJSON_BYTES, COMMIT_BYTES, WINDOW_EVENTS = 65_536, 1_048_576, 4_194_304, 4_194_304, 32_768, 65_536

class Refusal(Exception):
    """A refused object. Its arguments are the code, and why."""
def need(holds, code, why):
    if not holds: raise Refusal(f'GDO{code}', why)

# §1 and §2: bytes.
KEY, STRING = re.compile('[a-z][A-Za-z0-9]{0,39}'), re.compile(r'"(?:[^"\\]|\\.)*"', re.S)
def forbidden(*_): raise ValueError('not known here')
def strict_object(pairs):
    ascending = all(KEY.fullmatch(key) for key, _ in pairs) and all(a[0] < b[0] for a, b in zip(pairs, pairs[1:]))
    return dict(pairs) if ascending else forbidden(pairs)
def strict_integer(digits): return int(digits) if len(digits) <= 17 and abs(int(digits)) < 2**53 else forbidden(digits)
def encode(value): return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(',', ':')).encode()
def decode(data, bytes_max=SMALL_BYTES):  # The value of canonical bytes of the profile gdo-json-1.
    need(len(data) <= bytes_max, 1003, 'too long')
    try:
        text, depth = data.decode(), 0
        structure = STRING.sub('', text)  # what stands outside of strings
        for sign in re.findall(r'[][{}]', structure):
            depth += 1 if sign in '[{' else -1
            need(depth <= 32, 1003, 'nested too deep')
        value = json.loads(text, object_pairs_hook=strict_object, parse_int=strict_integer, parse_float=forbidden, parse_constant=forbidden)
        if not isinstance(value, dict) or 'null' in structure or encode(value) != data: forbidden(value)
    except ValueError as error: raise Refusal('GDO1001', 'not canonical bytes') from error
    return value
def sha256(data): return hashlib.sha256(data).digest()
def named(prefix, data):  # H(p, b) of §1.
    return sha256(prefix.encode() + b'\0' + data).hex()

# §3: trees.
def list_root(leaves):
    if len(leaves) < 2: return sha256(b'\0' + leaves[0]) if leaves else sha256(b'')
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b'\1' + list_root(leaves[:half]) + list_root(leaves[half:]))
def id_root(ids): return list_root([bytes.fromhex(one) for one in ids]).hex()
@functools.lru_cache(1 << 16)
def key_hash(key): return bytes.fromhex(named('gdo-key-v1', key.encode()))
def value_hash(value): return bytes.fromhex(named('gdo-value-v1', encode(value)))
def trie(state): return [(key_hash(key), value_hash(value)) for key, value in state.items()]
def bit(hashed, depth): return hashed[depth // 8] >> 7 - depth % 8 & 1
def trie_root(leaves, depth=0):
    if len(leaves) < 2: return sha256(b'\0' + b''.join(leaves[0])) if leaves else bytes(32)
    left, right = ([leaf for leaf in leaves if bit(leaf[0], depth) == side] for side in (0, 1))
    return sha256(b'\1' + trie_root(left, depth + 1) + trie_root(right, depth + 1))
def prove(leaves, hashed, depth=0):  # The proof of a key hash: the hashes beside the path from the root down, and the leaf where it ends (or none).
    if len(leaves) < 2: return [], leaves[0] if leaves else None
    near, far = ([leaf for leaf in leaves if (bit(leaf[0], depth) == bit(hashed, depth)) == same] for same in (True, False))
    siblings, leaf = prove(near, hashed, depth + 1)
    return [trie_root(far, depth + 1)] + siblings, leaf

def proof_holds(root, key, value, siblings, leaf):  # Whether a proof shows that the state of this root has the value (none: no value) under the key.
    hashed, depths = key_hash(key), range(len(siblings))
    on_path = len(siblings) <= 256 and (leaf is None or all(bit(leaf[0], depth) == bit(hashed, depth) for depth in depths))
    fits = (leaf is None or leaf[0] != hashed) if value is None else leaf == (hashed, value_hash(value))
    node = trie_root([leaf] if leaf else [])
    for depth in reversed(depths): node = sha256(b'\1' + (siblings[depth] + node if bit(hashed, depth) else node + siblings[depth]))
    return on_path and fits and node == root

# §4: signatures. Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT_OF_MINUS_ONE, IDENTITY = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P), (0, 1, 1, 0)
def prepared(point):
    x, y, z, t = point
    return (y - x) % P, (y + x) % P, 2 * D * t % P, 2 * z % P
def add(point, other):  # The sum of a point and a prepared one. It is complete: it doubles too, and points of small order are no exception.
    x, y, z, t = point
    a, b, c, d = (y - x) * other[0] % P, (y + x) * other[1] % P, t * other[2] % P, z * other[3] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def multiples(point, bits):  # For each digit of a scalar the multiples of the point that it can ask for: a product is then additions only.
    rows = []
    for _ in range(-(-256 // bits)):
        step, row, now = prepared(point), [None], IDENTITY
        for _ in range((1 << bits) - 1):
            now = add(now, step)
            row.append(prepared(now))
        rows.append(row)
        point = add(now, step)
    return rows

def multiply(rows, bits, scalar, start=IDENTITY):  # start + [scalar] of the point of the rows.
    for row in rows:
        digit, scalar = scalar & (1 << bits) - 1, scalar >> bits
        start = add(start, row[digit]) if digit else start
    return start
def encoded(point):
    inverse = pow(point[2], -1, P)
    return (point[1] * inverse % P | (point[0] * inverse % P & 1) << 255).to_bytes(32, 'little')
def decompressed(key):  # The point of which the 32 bytes are the only encoding, else none.
    number = int.from_bytes(key, 'little')
    y, sign = number & (1 << 255) - 1, number >> 255
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    x = x * ROOT_OF_MINUS_ONE % P if v * x * x % P == -u % P else x
    if y >= P or v * x * x % P != u or x == 0 and sign: return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P
@functools.lru_cache(1)
def base_multiples(): return multiples(decompressed((4 * pow(5, -1, P) % P).to_bytes(32, 'little')), 8)
@functools.lru_cache(64)
def negative_multiples(key):  # The multiples of -A for a key of order L, else none. Kept, because the signatures of a ledger come from a few keys.
    point = decompressed(key)
    if point is None or point[0] == 0:  # x = 0: the identity and the point of order 2
        return None
    rows = multiples((P - point[0], point[1], 1, P - point[3]), 4)
    x, y, z, _ = multiply(rows, 4, L)
    return rows if x == 0 and y == z else None

def check_ed25519(key, signature, message):  # The rule gdo-strict-ed25519-v1.
    r, s = signature[:32], int.from_bytes(signature[32:], 'little')
    need(len(key) == 32, 1013, 'length of the key')
    need(len(signature) == 64 and s < L and r != b'\1' + bytes(31), 1012, 'length, S not below the group order, or R the identity')
    rows = negative_multiples(key)
    need(rows, 1013, 'the key is not the only encoding of a point of order L')
    k = int.from_bytes(hashlib.sha512(r + key + message).digest(), 'little') % L
    need(encoded(multiply(rows, 4, k, multiply(base_multiples(), 8, s))) == r, 1012, 'signature')
def string(data): return struct.pack('>I', len(data)) + data
def key_blob(key): return string(b'ssh-ed25519') + string(key)
def device_of(key): return sha256(key_blob(key)).hex()
def strict_base64(text):  # The bytes of canonical base64, else none.
    data = base64.b64decode(text) if len(text) % 4 == 0 and re.fullmatch('[A-Za-z0-9+/]*={0,2}', text) else b''
    return data if base64.b64encode(data) == text.encode() else None
def key_of(text):  # The 32 bytes of a key text, else none.
    blob = strict_base64(text[12:]) if isinstance(text, str) and text.startswith('ssh-ed25519 ') else None
    return blob[19:] if blob and len(blob) == 51 and blob == key_blob(blob[19:]) else None
def check_sshsig(armour, message, namespace, device=None):
    """Checks an armoured signature of the message in the namespace, by the device where one is given. The signing device."""
    found = re.fullmatch('-----BEGIN SSH SIGNATURE-----\n((?:.{70}\n)*.{1,70}\n)-----END SSH SIGNATURE-----\n', armour)
    blob = strict_base64(found[1].replace('\n', '')) if found else None
    need(blob and len(blob) >= 69, 1011, 'armour')
    key, signature, space = blob[33:65], blob[-64:], blob[69:69 + struct.unpack('>I', blob[65:69])[0]]
    head, tail = b'SSHSIG', string(space) + string(b'') + string(b'sha512')
    whole_blob = head + b'\0\0\0\1' + string(key_blob(key)) + tail + string(string(b'ssh-ed25519') + string(signature))
    need(blob == whole_blob and re.fullmatch(b'[a-z0-9.@-]{1,64}', space), 1011, 'structure of the signature')
    need(space == namespace.encode(), 1014, 'namespace')
    need(device in (None, device_of(key)), 1015, 'signed by another key')
    check_ed25519(key, signature, head + tail + string(hashlib.sha512(message).digest()))
    return device_of(key)

# §1, §7 and §8: forms of values. A form is a function from a value to whether it is of the form.
FORBIDDEN = re.compile('[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef]')
def pattern(expression):
    compiled = re.compile(expression)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None
def printable(value):
    return isinstance(value, str) and not FORBIDDEN.search(value) and all(ord(sign) & 0xFFFE != 0xFFFE for sign in value)
def free_text(most, least=0, lines=False):
    return lambda value: printable(value) and least <= len(value.encode('utf-16-le')) // 2 <= most and (lines or '\n' not in value)
def whole(least=0): return lambda value: type(value) is int and value >= least
def among(*values): return lambda value: any(type(value) is type(one) and value == one for one in values)
def either(*forms): return lambda value: any(form(value) for form in forms)
def items(form, least=0, most=10**6): return lambda value: isinstance(value, list) and least <= len(value) <= most and all(map(form, value))
def row(*forms): return lambda value: isinstance(value, list) and len(value) == len(forms) and all(form(cell) for form, cell in zip(forms, value))
def table(*forms, least=0, most=10**6):  # Rows, sorted strictly by their first cells.
    return lambda value: items(row(*forms), least, most)(value) and all(a[0] < b[0] for a, b in zip(value, value[1:]))
def record(**forms):  # An object with exactly these fields; one whose name ends in `_` here may be left out.
    must = {name for name in forms if not name.endswith('_')}
    known = {name.rstrip('_'): form for name, form in forms.items()}
    return lambda value: isinstance(value, dict) and must <= value.keys() <= known.keys() and all(known[key](one) for key, one in value.items())
HEX64, GIT_ID, DECIMAL = pattern('[0-9a-f]{64}'), pattern('[0-9a-f]{40}'), pattern('0|-?[1-9][0-9]{0,29}')
IDENTIFIER, NAME = pattern('[a-z0-9][a-z0-9-]{0,63}'), pattern('[A-Za-z][A-Za-z0-9-]{0,63}')
TEXT, WORD, TITLE = free_text(8192, lines=True), free_text(512, 1), free_text(200)
PEOPLE, OPTION = either(IDENTIFIER, items(IDENTIFIER, 1, 64)), either(NAME, IDENTIFIER)
CHOICE = either(OPTION, items(either(OPTION, items(OPTION, 1)), 0, 200))
def BASE64(value): return isinstance(value, str) and bool(strict_base64(value))
def DATA(value): return isinstance(value, dict) and len(encode(value)) <= 8192

def PATTERNS(value):
    units = [one.encode('utf-16-be') for one in value] if items(free_text(8192, 1), 1, 64)(value) else []
    return bool(units) and sum(map(len, units)) <= 2 * 8192 and '/' not in value and all(a < b for a, b in zip(units, units[1:]))

DAPP = record(engine=HEX64, image=WORD, manifest=HEX64, name=NAME, platform=WORD)
BODIES = {
    'propose': record(adopts_=HEX64, amount_=DECIMAL, bylaws=HEX64, candidate_=PEOPLE, change_=HEX64, decision_=HEX64, head_=GIT_ID,
                      inFlight_=among('keep', 'restart', 'abort'), process=NAME, recipient_=IDENTIFIER, renews_=WORD, role_=NAME,
                      subject_=PEOPLE, text_=TEXT, title_=TITLE),
    'act': record(about_=PEOPLE, adopts_=HEX64, at_=whole(), change_=HEX64, hash_=HEX64, head_=GIT_ID, secret_=HEX64, stage=whole(1), text_=TEXT,
                  verb=NAME), 'ballot': record(choice=CHOICE, nonce_=HEX64, stage=whole(1), text_=TEXT),
    'delegate': record(delegation=NAME, to_=IDENTIFIER), 'certify': record(attribute=NAME, member=IDENTIFIER, value_=WORD),
    'issue': record(certificate=NAME, member=IDENTIFIER, text_=TEXT), 'revoke': record(certificate=NAME, member=IDENTIFIER, text_=TEXT),
    'perform': record(about_=PEOPLE, text_=TEXT, verb=NAME),
    'attest': record(candidate=HEX64, dapp=DAPP, output=HEX64, patterns_=PATTERNS, reads=HEX64, verdict=among('accept', 'reject')),
    'fact': record(data=DATA, subject_=IDENTIFIER, type=WORD), 'key.enrol': record(key=WORD, member=IDENTIFIER, possession=TEXT),
    'key.revoke': record(device=HEX64, reason=TEXT), 'resign': record(role=NAME), 'suspend': record(target=IDENTIFIER, until=whole()),
    'lock': record(text=TEXT, thing=WORD), 'release': record(lock=HEX64, text=TEXT), 'evidence': record(a=BASE64, b=BASE64, kind=WORD),
    'spend': record(account=NAME, amount=DECIMAL, escrow=HEX64, memo_=TEXT, to=IDENTIFIER), 'complaint': record(about=HEX64, text=TEXT),
    'reserve': record(**{'from': whole()}, to=whole(), resource=WORD),
}
EVENTS = {kind: record(actor=IDENTIFIER, body=body, device=HEX64, kind=among(kind), org=HEX64, seq=whole(1), ts=whole(), v=among(1),
                       **({'case': HEX64} if kind in ('act', 'ballot', 'attest') else {})) for kind, body in BODIES.items()}
def HEADS(value): return items(row(HEX64, whole(1), HEX64))(value) and all((a[0], a[2]) < (b[0], b[2]) for a, b in zip(value, value[1:]))
def keys_fit(genesis):  # No key is listed twice, and every witness is one of them.
    devices = [device_of(key_of(text)) for _, keys in genesis['members'] for text in keys]
    return len(set(devices)) == len(devices) and {witness for witness, _ in genesis['witnesses']} <= set(devices)
MAIN = record(commit=GIT_ID, content=HEX64)
PARAMS = record(heartbeatMs=whole(), minIntervalMs=whole(), settleMs=whole(), timePrecisionMs=whole(), windowBatches=whole())
STATEMENTS = {
    'genesis': record(bylaws=HEX64, engine=whole(), finality=among('F0', 'F1'), main=MAIN, members=table(IDENTIFIER, items(key_of, 1)), name=TEXT,
                      nonce=HEX64, params=PARAMS, parent_=record(org=HEX64, checkpoint=HEX64), roles=table(NAME, items(IDENTIFIER)), time=whole(), type=among('genesis'), v=among(1),
                      witnesses=table(HEX64, among(1), least=1)),
    'receipt': record(entries=table(HEX64, whole(), most=700), org=HEX64, prev=HEX64, seq=whole(1), type=among('receipt'), upTo=whole(), v=among(1),
                      witness=HEX64),
    'checkpoint': record(bylaws=HEX64, engine=whole(), events=whole(), heads=HEADS, height=whole(), log=HEX64, main=MAIN,
                         org=HEX64, prev=HEX64, receipts=table(HEX64, whole(1), HEX64), state=HEX64, time=whole(), type=among('checkpoint'),
                         v=among(1), verdicts=HEX64, witnesses=HEX64),
    'vote': record(height=whole(), org=HEX64, type=among('vote'), v=among(1), value=HEX64),
}
def statement(kind, data):
    value = decode(data, SMALL_BYTES if kind in ('receipt', 'vote') else LARGE_BYTES)
    need(STATEMENTS[kind](value), 1002, f'fields of the {kind}')
    need(kind != 'genesis' or keys_fit(value), 1002, 'keys of the genesis')
    need(kind != 'receipt' or all(time <= value['upTo'] for _, time in value['entries']), 1002, 'times of the receipt')
    return value

# §6 and §7: batches and events.
COMMIT = re.compile(
    'tree (?P<tree>[0-9a-f]{40})\n(?P<parents>(?:parent [0-9a-f]{40}\n){0,65})'
    'author (?P<author>(?P<actor>[a-z0-9][a-z0-9-]{0,63}) <(?P=actor)@(?P<org16>[0-9a-f]{16})[.]invalid> (?P<seconds>NUMBER) [+]0000)\n'
    'committer (?P=author)\n(?P<signed>gpgsig (?P<armour>[^\n]*(?:\n [^\n]*)*)\n)\n'
    'gdo batch (?P<device16>[0-9a-f]{16}) (?P<seq>NUMBER)[+](?P<count>NUMBER)\n\nGdo-Format: gdo-batch-v1\n'
    'Gdo-Org: (?P<org>(?P=org16)[0-9a-f]{48})\nGdo-Actor: (?P=actor)\nGdo-Device: (?P<device>(?P=device16)[0-9a-f]{48})\n'
    'Gdo-Seq: (?P=seq) (?P=count)\nGdo-Prev: (?P<prev>[0-9a-f]{64})\n(?P<deps>(?:Gdo-Dep: [0-9a-f]{64}\n){0,64})'
    'Gdo-Base: (?P<base>[0-9a-f]{64})\nGdo-Batch: (?P<root>[0-9a-f]{64})\n'.replace('NUMBER', '(?:0|[1-9][0-9]{0,14})'))
def git_id(kind, data): return hashlib.sha1(f'{kind} {len(data)}\0'.encode() + data).hexdigest()
def tree_id(files): return git_id('tree', b''.join(f'100644 {name}\0'.encode() + bytes.fromhex(git_id('blob', files[name])) for name in sorted(files)))
def read_commit(raw):  # Step 1 of §6: grammar, size and signature.
    need(len(raw) <= COMMIT_BYTES, 1003, 'commit too long')
    found = COMMIT.fullmatch(raw.decode('latin-1'))
    need(found and b'\0' not in raw and raw.isascii(), 1010, 'grammar of the commit')
    batch = SimpleNamespace(**found.groupdict(), commit=git_id('commit', raw))
    batch.seconds, batch.seq, batch.count = int(batch.seconds), int(batch.seq), int(batch.count)
    batch.parents, batch.deps = ([line.split(' ')[1] for line in lines.splitlines()] for lines in (batch.parents, batch.deps))
    batch.names, batch.last = [one for one in [batch.prev] if one != ZEROS] + batch.deps, batch.seq + batch.count - 1
    need(batch.seq >= 1 and 1 <= batch.count <= 256 and batch.seconds <= 253402300799, 1010, 'numbers of the commit')
    need(batch.deps == sorted(set(batch.deps)) and len(batch.parents) == len(batch.names), 1010, 'order of the deps or number of the parents')
    payload = raw[:found.start('signed')] + raw[found.end('signed'):]
    check_sshsig(batch.armour.replace('\n ', '\n') + '\n', payload, 'git', batch.device)
    batch.id = named('gdo-batch-v1', payload)
    return batch

def event_of(line):
    event = decode(line)
    form = EVENTS.get(event.get('kind')) if isinstance(event.get('kind'), str) else None
    need(form and form(event), 1002, 'fields of an event')
    return event
def read_event(batch, index, line):
    event = event_of(line)
    need(event['org'] == batch.org, 1014, 'organization of an event')
    need(event['actor'] == batch.actor and event['device'] == batch.device, 1015, 'actor or device of an event')
    need(event['seq'] == batch.seq + index, 1021, 'number of an event')
    if event['kind'] == 'key.enrol':
        key = key_of(event['body']['key'])
        need(key and negative_multiples(key), 1013, 'key to enrol')
        claim = {'device': device_of(key), 'member': event['body']['member'], 'org': batch.org, 'v': 1}
        check_sshsig(event['body']['possession'], encode(claim), 'gdo-possession-v1', claim['device'])
    return SimpleNamespace(**event, id=named('gdo-event-v1', line), batch=batch, fact=event['kind'] == 'fact')

def read_batch(raw, files, org):  # Steps 1 to 3 of §6: what the bytes of a batch alone decide.
    batch, ndjson = read_commit(raw), files['batch.ndjson']
    need(batch.org == org, 1014, 'organization')
    need(tree_id(files) == batch.tree and files.keys() == {'batch.ndjson'}, 1010, 'tree')
    need(len(ndjson) <= NDJSON_BYTES and ndjson.endswith(b'\n'), 1001, 'batch.ndjson')
    lines = ndjson[:-1].split(b'\n')
    need(len(lines) == batch.count, 1021, 'number of lines')
    batch.events = [read_event(batch, index, line) for index, line in enumerate(lines)]
    need(batch.seconds == batch.events[-1].ts // 1000, 1010, 'time of the commit')
    need(id_root([event.id for event in batch.events]) == batch.root, 1020, 'list root of the events')
    return batch

def check_place(batch, commits, bases):  # Steps 4 and 5 of §6, among the valid batches by commit id and the known final checkpoints.
    parents = [commits.get(one) for one in batch.parents]
    need(all(parents), 1022, 'a parent is missing')
    need([one.id for one in parents] == batch.names, 1022, 'a parent is another batch')
    own, deps = parents[:len(parents) - len(batch.deps)], parents[len(parents) - len(batch.deps):]
    need(all(one.device != batch.device for one in deps), 1010, 'a dep of the own device')
    need(batch.seq == (own[0].last + 1 if own else 1) and {one.device for one in own} <= {batch.device}, 1021, 'does not follow its previous batch')
    need(batch.base in bases, 1023, 'unknown base')

# §9 and §10: receipt times and order.
def quorum_of(weight): return (weight + (weight - 1) // 3) // 2 + 1
def receipt_times(receipts, witnesses):  # The receipt time of each batch that has one; `receipts` are those in the prefixes that the checkpoint names.
    seen, result = {}, {}
    for receipt in receipts:
        for batch, time in receipt['entries'] if receipt['witness'] in witnesses else ():
            times = seen.setdefault(batch, {})
            times[receipt['witness']] = min(time, times.get(receipt['witness'], time))
    for batch, times in seen.items():
        pairs = sorted((time, witness) for witness, time in times.items())
        reached = list(itertools.accumulate(witnesses[witness] for _, witness in pairs))
        if reached[-1] >= quorum_of(sum(witnesses.values())):
            result[batch] = next(time for (time, _), weight in zip(pairs, reached) if 2 * weight >= reached[-1])
    return result
CLASS_0 = {'key.revoke', 'resign', 'revoke', 'suspend', 'lock', 'evidence'}
def order_epoch(candidates, final, times, time, window):
    """The included batches in order. The candidates are by id, parents before those that build on them."""
    ready, children, missing = {}, {}, {}
    for one, batch in candidates.items():
        if one in times and all(name in final or name in ready for name in batch.names):
            parents = [ready[name] for name in batch.names if name in ready]
            batch.rt, batch.vector = max([times[one]] + [parent.rt for parent in parents]), {}
            for device, last in [pair for parent in parents for pair in parent.vector.items()]:
                batch.vector[device] = max(last, batch.vector.get(device, 0))
            batch.vector[batch.device] = batch.last
            if batch.rt <= time:
                ready[one], missing[one] = batch, len(parents)
                for parent in parents: children.setdefault(parent.id, []).append(batch)
    offered = sorted((batch.rt, one) for one, batch in ready.items() if missing[one] == 0)
    taken, events, of_device = [], 0, {}
    while offered:
        batch = ready[heapq.heappop(offered)[1]]
        kinds = {event.kind for event in batch.events} - {'fact'}
        room = window if kinds and kinds <= CLASS_0 else window - window // 8
        if len(taken) < room and events + batch.count <= WINDOW_EVENTS and of_device.get(batch.device, 0) < 256:
            taken.append(batch)
            events += batch.count
            of_device[batch.device] = of_device.get(batch.device, 0) + 1
            for child in children.get(batch.id, ()):
                missing[child.id] -= 1
                if missing[child.id] == 0:
                    heapq.heappush(offered, (child.rt, child.id))
    return taken

def forks_of(order, heads):  # The seq from which each equivocating device is void.
    forks = {}
    for device in {batch.device for batch in order}:
        reached = max((seq for seq, _ in heads.get(device, ())), default=0)
        for seq, _, last in sorted((batch.seq, batch.id, batch.last) for batch in order if batch.device == device):
            if seq <= reached:
                forks[device] = seq
                break
            reached = max(reached, last)
    return forks
def concurrent(x, y): return x is not y and y.vector.get(x.device, 0) < x.last and x.vector.get(y.device, 0) < y.last

# §11 and §12: the fold over engine 0.
EVERYTHING = object()
def about_and_text(event): return [value if isinstance(value, str) else '' for value in (event.body.get('about'), event.body.get('text'))]
def engine0(state, event, taken):
    """Whether an event stands, the entry it writes as (key, value) (no value: erases), and its removal as (member, device, power)."""
    key, body, actor, verb = state.get(f'key/{event.device}'), event.body, event.actor, event.body.get('verb')
    if f'member/{actor}' not in state or not key or key['member'] != actor or EVERYTHING in taken: return False, None, None
    officer = f'role/officer/{actor}' in state and 'officer' not in taken
    if event.kind == 'ballot': return True, (f'ballot/{event.case}/{actor}', {'choice': body['choice']}), None
    if event.kind == 'act' and verb in ('remove', 'grant') and not NAME(body.get('text')): return False, None, None
    if event.fact or event.kind == 'act' and verb in ('grant', 'close'): return event.fact or officer, None, None
    if event.kind == 'resign':
        may, entry, removal = True, f'role/{body["role"]}/{actor}', (actor, None, body['role'])
    elif event.kind == 'key.revoke':
        entry = f'key/{body["device"]}'
        owner = state.get(entry, {}).get('member')
        may, removal = owner == actor or officer, (owner, body['device'], EVERYTHING)
    elif event.kind == 'act' and verb in ('dismiss', 'remove'):
        about, text = about_and_text(event)
        may, entry = officer, f'member/{about}' if verb == 'dismiss' else f'role/{text}/{about}'
        removal = (about, None, EVERYTHING if verb == 'dismiss' else text)
    else:
        return False, None, None
    return (True, (entry, None), removal) if may and entry in state else (False, None, None)

def fold(start, events, heads, forks):  # The state after the loop of §11, and the verdict code of each event.
    taken = [set() for _ in events]
    while True:
        state, codes, fired, again = dict(start), {}, set(), False
        for index, event in enumerate(events):
            if len(heads.get(event.device, ())) > 1 or event.seq >= forks.get(event.device, 2**53):
                codes[index] = 'GDO1042' if len(heads.get(event.device, ())) > 1 else 'GDO1043'
                continue
            stands, entry, removal = engine0(state, event, taken[index])
            codes[index] = 'ok' if stands else 'GDO1041' if taken[index] else 'GDO1040'
            if entry and entry[1] is None: del state[entry[0]]
            elif entry: state[entry[0]] = entry[1]
            if not removal: continue
            fired.add(index)
            member, device, power = removal
            for other, target in enumerate(events):
                meant = target.device == device if device else target.actor == member
                covered = target.fact or other in fired or taken[other] & {power, EVERYTHING}
                if meant and not covered and concurrent(target.batch, event.batch):
                    taken[other].add(power)
                    again = again or codes.get(other) == 'ok'
        if not again: return state, [codes[index] for index in range(len(events))]

def end_epoch(state, events, codes, time):  # The closings and then the grants of the acts that stand.
    acts = [event for event, code in zip(events, codes) if code == 'ok' and event.kind == 'act']
    for event in [one for one in acts if one.body['verb'] == 'close']:
        choices = [value['choice'] for key, value in state.items() if key.startswith(f'ballot/{event.case}/')]
        state.setdefault(f'case/{event.case}', {'cast': len(choices), 'yes': choices.count('yes')})
    for event in [one for one in acts if one.body['verb'] == 'grant']:
        about, text = about_and_text(event)
        if f'member/{about}' in state: state[f'role/{text}/{about}'] = {'since': time}

def move_heads(state, heads, order):  # Changes the heads of the devices with an included batch, and gives them as rows of the checkpoint.
    followed, rows = {batch.prev for batch in order}, []
    for device in sorted({batch.device for batch in order}):
        ours = heads.get(device, []) + [(batch.last, batch.id) for batch in order if batch.device == device]
        heads[device] = sorted((head for head in ours if head[1] not in followed), key=lambda head: head[1])
        seq, one = max(heads[device], key=lambda head: head[0])
        fork = {'fork': [list(head) for head in heads[device]]} if len(heads[device]) > 1 else {}
        state[f'head/{device}'] = {'batch': one, 'seq': seq, **fork}
        rows += [[device, *head] for head in heads[device]]
    return rows

# Whole ledgers: §8 and §11 over a dump (§14).
def raw(text): return text.encode(errors='surrogatepass')  # a lone surrogate becomes bytes that no rule accepts

class Report:
    """Prints the differences of one source, and counts them."""
    def __init__(self, source):
        self.source, self.count = source, 0
    def say(self, field, expected, found):
        self.count += 1
        texts = [json.dumps(value, sort_keys=True, default=str) for value in (expected, found)]
        expected, found = (text if len(text) <= 200 else f'{text[:200]}... ({len(text)} characters)' for text in texts)
        print(f'{self.source}: {field}: expected {expected}, found {found}')

    def compare(self, field, expected, found):  # Says the first place where two values differ.
        while expected != found and type(expected) is type(found) and isinstance(expected, (list, dict)):
            sides = [dict(enumerate(side)) if isinstance(side, list) else side for side in (expected, found)]
            key = next(key for key in sorted({**sides[0], **sides[1]}) if sides[0].get(key, ...) != sides[1].get(key, ...))
            field = f'{field}[{key}]' if isinstance(expected, list) else f'{field}.{key}'
            expected, found = (side.get(key, 'absent') for side in sides)
        if expected != found:
            self.say(field, expected, found)

    def attempt(self, field, judge, *arguments):  # What the judge gives; its refusal is a difference, and gives none.
        try: return judge(*arguments)
        except Refusal as refusal: return self.say(field, 'accepted', ' '.join(refusal.args))

def read_signed(kind, signed, namespace):  # A statement and the device that signed it.
    device = check_sshsig(signed['signature'], raw(signed['statement']), namespace)
    return statement(kind, raw(signed['statement'])), device

class Ledger:
    """One ledger while it is judged, checkpoint by checkpoint."""
    def __init__(self, dump, report):
        self.dump, self.report, data, bylaws = dump, report, raw(dump['genesis']), raw(dump['bylaws'])
        self.genesis, self.org = SimpleNamespace(**statement('genesis', data)), named('gdo-genesis-v1', data)
        owners = [(device_of(key_of(text)), member) for member, keys in self.genesis.members for text in keys]
        signers, since = [device for device, _ in dump['signatures']], {'since': self.genesis.time}
        decode(bylaws, BYLAWS_BYTES)
        need(named('gdo-bylaws-v1', bylaws) == self.genesis.bylaws and self.genesis.engine == 0, 1002, 'bylaws, or an engine that is not judged here')
        need(set(signers) <= dict(owners).keys() and len(set(signers)) == len(signers), 1015, 'signed by a key of no member')
        need(len(signers) == len(owners), 1012, 'a signature is missing')
        for device, armour in dump['signatures']: check_sshsig(armour, data, 'gdo-genesis-v1', device)
        self.witnesses, self.ids, self.final, self.heads, self.chains, self.pending = dict(self.genesis.witnesses), [], set(), {}, {}, []
        self.valid, self.commits, self.events, self.time, self.prefixes = {}, {}, 0, self.genesis.time, {}
        self.state = {f'member/{member}': since for member, _ in self.genesis.members}
        self.state.update({f'key/{device}': {'member': member, **since} for device, member in owners})
        self.state.update({f'role/{role}/{one}': since for role, people in self.genesis.roles for one in people})

    def read_receipt(self, signed):  # A receipt that follows the last of its witness.
        value, device = read_signed('receipt', signed, 'gdo-receipt-v1')
        chain = self.chains.setdefault(device, [])
        need(value['witness'] == device, 1015, 'signed by another key')
        need(value['org'] == self.org, 1014, 'organization')
        seq, prev, up_to = (len(chain) + 1, chain[-1]['id'], chain[-1]['upTo']) if chain else (1, ZEROS, 0)
        need(value['seq'] == seq, 1021, 'number of the receipt')
        need(value['prev'] == prev, 1022, 'previous receipt')
        need(all(up_to <= time <= value['upTo'] for time in [value['upTo']] + [time for _, time in value['entries']]), 1003, 'times')
        chain.append({**value, 'id': named('gdo-receipt-v1', raw(signed['statement']))})

    def admit(self):  # Moves what has its parents and its base from the parked batches to the valid ones, parents first; gives why the others wait.
        moved = True
        while moved:
            parked, self.pending, waits, moved = self.pending, [], [], False
            for place, batch in parked:
                try:
                    check_place(batch, self.commits, self.ids)
                    self.commits[batch.commit] = self.valid.setdefault(batch.id, batch)
                    moved = True
                except Refusal as refusal:
                    self.pending.append((place, batch))
                    waits.append((place, ' '.join(refusal.args)))
        return waits

    def named_receipts(self, checkpoint):  # The receipts in the prefixes that this checkpoint and those before it name.
        for witness, seq, one in checkpoint['receipts']:
            chain = self.chains.get(witness, [])[:seq]
            need(len(chain) == seq > 0 and chain[-1]['id'] == one, 1070, 'names a receipt nobody knows')
            need(seq >= self.prefixes.get(witness, 0), 1070, 'names a shorter prefix than before')
            self.prefixes[witness] = seq
        return [receipt for witness, seq in self.prefixes.items() for receipt in self.chains[witness][:seq]]

    def close_epoch(self, checkpoint):  # Folds one epoch. Gives the intermediate values of the dump, and the heads of the checkpoint.
        times, now = receipt_times(self.named_receipts(checkpoint), self.witnesses), checkpoint['time']
        candidates = {one: batch for one, batch in self.valid.items() if one not in self.final}
        order = order_epoch(candidates, self.final, times, now, self.genesis.params['windowBatches'])
        events, forks = [event for batch in order for event in batch.events], forks_of(order, self.heads)
        self.state, codes = fold(self.state, events, self.heads, forks)
        end_epoch(self.state, events, codes, now)
        rows, included = move_heads(self.state, self.heads, order), [batch.id for batch in order]
        self.final.update(included)
        arrived = sorted(one for one, batch in candidates.items() if one not in self.final and batch.seconds * 1000 <= now)
        return {'height': checkpoint['height'], 'times': sorted([one, times[one]] for one in times if one in candidates), 'included': included,
                'waiting': arrived, 'verdicts': [[event.id, code] for event, code in zip(events, codes)],
                'state': [[key, self.state[key]] for key in sorted(self.state)]}, rows

    def own_checkpoint(self, found, verdicts, rows):  # The statement that follows from the state, the time and the receipts.
        first, genesis = not self.ids, self.genesis
        content = trie_root(trie({key: value for key, value in self.state.items() if key.startswith('content/')})).hex()
        return {'bylaws': genesis.bylaws, 'engine': 0, 'events': self.events, 'heads': rows, 'height': len(self.ids), 'log': id_root(self.ids),
                'main': genesis.main if first else {**genesis.main, 'content': content}, 'org': self.org,
                'prev': ZEROS if first else self.ids[-1], 'receipts': [] if first else found['receipts'],
                'state': trie_root(trie(self.state)).hex(), 'time': genesis.time if first else found['time'], 'type': 'checkpoint', 'v': 1,
                'verdicts': list_root([encode({'code': code, 'event': event}) for event, code in verdicts]).hex(),
                'witnesses': named('gdo-witnesses-v1', encode({'v': 1, 'witnesses': genesis.witnesses}))}

    def judge_votes(self, place, height, value, votes):
        cast = {}
        for index, signed in enumerate(votes):
            vote, device = self.report.attempt(f'{place}.votes[{index}]', read_signed, 'vote', signed, 'gdo-cosign-v1') or ({}, None)
            if vote:
                self.report.compare(f'{place}.votes[{index}]', [self.org, height, True], [vote['org'], vote['height'], device in self.witnesses])
                cast.setdefault(device, set()).add((vote['org'], vote['height'], vote['value']))
        weight = sum(self.witnesses.get(device, 0) for device, values in cast.items() if (self.org, height, value) in values)
        if weight < quorum_of(sum(self.witnesses.values())):  # 1 where the one witness of F0 decides
            self.report.say(f'{place}.votes', f'weight {quorum_of(sum(self.witnesses.values()))}', f'weight {weight}')

    def judge(self):
        for index, one in enumerate(self.dump['batches']):
            batch = self.report.attempt(f'batches[{index}]', read_batch, raw(one['commit']), {'batch.ndjson': raw(one['ndjson'])}, self.org)
            self.pending += [(f'batches[{index}]', batch)] if batch else []
        for index, one in enumerate(self.dump['receipts']): self.report.attempt(f'receipts[{index}]', self.read_receipt, one)
        for height, one in enumerate(self.dump['checkpoints']):
            if self.report.attempt(f'checkpoints[{height}]', self.judge_checkpoint, f'checkpoints[{height}]', height, one) is None: return
        self.report.compare('expected: number of checkpoints', len(self.dump['expected']), len(self.ids) - 1)
        for place, why in self.admit(): self.report.say(place, 'accepted', why)

    def judge_checkpoint(self, place, height, one):
        found = statement('checkpoint', raw(one['statement']))
        self.admit()
        values, rows = self.close_epoch(found)
        self.events += len(values['verdicts'])
        self.report.compare(place, found, self.own_checkpoint(found, values['verdicts'], rows))
        self.ids.append(named('gdo-checkpoint-v1', raw(one['statement'])))
        if height > 0:
            self.report.compare(f'{place}: time after the last', True, found['time'] > self.time)
            self.report.compare(f'expected[{height - 1}]', self.dump['expected'][height - 1], values)
            self.judge_votes(place, height, self.ids[-1], one['votes'])
        self.time = found['time']
        return self

def judge_ledger(dump, report):
    report.compare('format', 'gdo-ledger-dump/1', dump['format'])
    ledger = report.attempt('genesis', Ledger, dump, report)
    if ledger: ledger.judge()
    return len(dump['batches']) + len(dump['receipts']) + len(dump['checkpoints'])

def code_of(judge, *arguments):
    try: judge(*arguments)
    except Refusal as refusal: return refusal.args[0]
    return 'ok'

def judge_text(source, text, judge):  # Gives the number of objects judged and of differences.
    report, objects = Report(source), 0
    try: objects = judge(json.loads(text), report)
    except Exception as error: report.say('form', 'readable', f'{type(error).__name__}: {error}')  # hostile input ends here, never in a traceback
    return objects, report.count

def summary(kind, results):  # Says what was judged; gives the exit code.
    objects, differences = (sum(column) for column in zip((0, 0), *results))
    print(f'{len(results)} {kind}, {objects} objects, {differences} differences')
    return 0 if results and differences == 0 else 1

def main():
    parser = argparse.ArgumentParser(description='An independent judge of gdo ledgers, written from SPEC.md alone. Prints one line for each '
                                     'difference and a summary. The exit code is 0 where nothing differs, else 1 (2 for a wrong call).')
    parser.add_argument('what', choices=['ledgers'], help='dumps from standard input, one a line: npm run -s ledgers -- --seed 1 --count 9 | ...')
    parser.parse_args()
    sys.stdout.reconfigure(errors='backslashreplace')
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # a reader that has seen enough is no error
    return summary('ledgers', [judge_text(f'ledger {index}', line, judge_ledger) for index, line in enumerate(sys.stdin.buffer, 1)])

if __name__ == '__main__':
    sys.exit(main())
