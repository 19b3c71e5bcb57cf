"""Judges snapshots and slices (SPEC.md §16 and §17) by the independent verifier beside this file, from the text alone."""
from verify import (HEX64, Refusal, among, check_sshsig, code_of, decode, encode, items, key_hash, named, need, quorum_of, raw, record, row, statement, table,
                    trie_root, value_hash, whole)

LINE_BYTES, HEAD_BYTES, SLICE_BYTES = 4 * 2**20 + 4096, 8 * 2**20, 64 * 2**20
APART = {'ballot', 'case', 'cases', 'content', 'due', 'head', 'number', 'open', 'roster', 'was', 'weight'}
TEXT = lambda value: isinstance(value, str)
VOTES = items(row(TEXT, TEXT), most=64)
CHANGE = record(checkpoint=TEXT, votes=VOTES, witnesses=table(HEX64, whole(1), least=1))
HEAD = record(checkpoint=TEXT, genesis=TEXT, sets=items(CHANGE, most=256), type=among('slice'), v=among(1), votes=VOTES)

def rows_of(data, is_value):
    """The lines as pairs of key and value, ascending."""
    rows = []
    while data:
        line, end, data = data.partition(b'\n')
        need(end, 1001, 'a line without its end')
        cells = decode(b'{"row":' + line + b'}', LINE_BYTES + 8)['row']
        need(isinstance(cells, list) and len(cells) == 2 and TEXT(cells[0]) and is_value(cells[1]), 1002, 'no [key,value]')
        need(not rows or rows[-1][0] < cells[0], 1002, 'not after the line before it')
        rows.append(tuple(cells))
    return rows
def root_of(rows):
    return trie_root([(key_hash(key), bytes.fromhex(value) if TEXT(value) else value_hash(value)) for key, value in rows]).hex()
def check_snapshot(data, root):
    need(root_of(rows_of(data, lambda value: isinstance(value, dict))) == root, 1070, 'another state root')

def final_by(witnesses, signed, org, above):
    """The checkpoint of signed texts and its id, where votes of the quorum of the witnesses name it."""
    data = raw(signed['checkpoint'])
    checkpoint, name, voters = statement('checkpoint', data), named('gdo-checkpoint-v1', data), set()
    need(checkpoint['org'] == org, 1014, 'another organization')
    need(checkpoint['height'] > above, 1070, 'not later')
    for text, armour in signed['votes']:
        try: vote, device = statement('vote', raw(text)), check_sshsig(armour, raw(text), 'gdo-cosign-v1')
        except Refusal: continue
        if [vote['org'], vote['height'], vote['value']] == [org, checkpoint['height'], name]: voters.add(device)
    weights = dict(map(tuple, witnesses))
    need(sum(weights.get(device, 0) for device in voters) >= quorum_of(sum(weights.values())), 1070, 'too few votes')
    return checkpoint, name
def check_slice(data, org, known=None):
    need(len(data) <= SLICE_BYTES, 1003, 'too long')
    line, end, rest = data.partition(b'\n')
    need(end, 1001, 'no first line')
    head = decode(line, HEAD_BYTES)
    need(HEAD(head), 1002, 'no first line of a slice')
    genesis = statement('genesis', raw(head['genesis']))
    need(named('gdo-genesis-v1', raw(head['genesis'])) == org, 1014, 'another organization')
    witnesses, height, newest = genesis['witnesses'], 0, None
    for change in head['sets']:
        newest = final_by(witnesses, change, org, height)
        named_set = encode({'v': 1, 'witnesses': change['witnesses']})
        need(named('gdo-witnesses-v1', named_set) == newest[0]['witnesses'], 1070, 'other witnesses')
        witnesses, height = change['witnesses'], newest[0]['height']
    if not newest or head['checkpoint'] != head['sets'][-1]['checkpoint']: newest = final_by(witnesses, head, org, height)
    checkpoint, name = newest
    need(not known or checkpoint['height'] >= known['height'], 1072, 'older than the known one')
    need(not known or checkpoint['height'] > known['height'] or name == known['id'], 1071, 'two checkpoints of one height')
    rows = rows_of(rest, lambda value: isinstance(value, dict) or HEX64(value))
    need(root_of(rows) == checkpoint['state'], 1070, 'another state root')
    own = f'bylaws/{checkpoint["bylaws"]}'
    for key, value in rows:
        table_name, _, _ = key.partition('/')
        need(not TEXT(value) or (key != own if table_name == 'bylaws' else table_name in APART), 1002, f'{key} is withheld')
    need(own in dict(rows), 1002, 'no bylaws')

def judge_snapshots(vectors, report):
    for one in vectors: report.compare(one['name'], one['code'], code_of(check_snapshot, raw(one['text']), one['root']))
    return len(vectors)
def judge_slices(vectors, report):
    for one in vectors: report.compare(one['name'], one['code'], code_of(check_slice, raw(one['text']), one['org'], one.get('known')))
    return len(vectors)
