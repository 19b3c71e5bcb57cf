#!/usr/bin/env python3
"""Judges the vectors of SPEC.md by the independent verifier beside this file: every file of a folder, and within it every object."""
import argparse, pathlib, sys
from types import SimpleNamespace
sys.path.insert(0, str(pathlib.Path(__file__).parent))
from pruned import judge_pruned
from slices import judge_slices, judge_snapshots
from verify import (check_ed25519, check_place, check_sshsig, code_of, decode, encode, event_of, forbidden, forks_of, judge_ledger, judge_text, key_hash,
                    list_root, named, order_epoch, proof_holds, prove, raw, read_batch, statement, summary, trie, trie_root)

def judge_canonical(vectors, report):
    for index, one in enumerate(vectors): report.compare(f'[{index}].code', one['code'], code_of(decode, raw(one['text'])))
    return len(vectors)
def judge_batches(vectors, report):
    commits = {}
    def judge(one):
        files = dict([['batch.ndjson', one['ndjson']]] + ([one['extra']] if 'extra' in one else []))
        batch = read_batch(raw(one['commit']), {name: raw(text) for name, text in files.items()}, vectors['org'])
        check_place(batch, commits, {vectors['base']})
        return batch
    for index, one in enumerate(vectors['known']):
        batch = report.attempt(f'known[{index}]', judge, one)
        commits.update({batch.commit: batch} if batch else {})
    for one in vectors['vectors']: report.compare(f'{one["name"]}: code', one['code'], code_of(judge, one))
    return len(vectors['known'] + vectors['vectors'])

def judge_trees(vectors, report):
    for index, one in enumerate(vectors['lists']):
        report.compare(f'lists[{index}].root', one['root'], list_root([raw(leaf) for leaf in one['leaves']]).hex())
    for index, one in enumerate(vectors['states']):
        state = dict(one['entries'])
        leaves = trie(state)
        report.compare(f'states[{index}].root', one['root'], trie_root(leaves).hex())
        for proof in one['proofs']:
            key, (siblings, leaf) = proof['key'], prove(leaves, key_hash(proof['key']))
            own = {'key': key, 'value': state.get(key), 'siblings': [side.hex() for side in siblings],
                   **({'leaf': {'keyHash': leaf[0].hex(), 'valueHash': leaf[1].hex()}} if leaf else {}), 'holds': True}
            holds = proof_holds(bytes.fromhex(one['root']), key, proof['value'], siblings, leaf)
            report.compare(f'states[{index}].proof of {key}', {**proof, 'holds': holds}, own)
    return len(vectors['lists'] + vectors['states'])
def judge_events(vectors, report):
    for one in vectors:
        code = code_of(event_of, raw(one['line']))
        report.compare(one['name'], [one['code'], one.get('id')], [code, named('gdo-event-v1', raw(one['line'])) if code == 'ok' else None])
    return len(vectors)
def judge_statements(vectors, report):
    for one in vectors:
        code = code_of(statement, one['type'], raw(one['text']))
        prefix = f'gdo-{"cosign" if one["type"] == "vote" else one["type"]}-v1'
        report.compare(one['name'], [one['code'], one.get('id')], [code, named(prefix, raw(one['text'])) if code == 'ok' else None])
    return len(vectors)
def judge_orders(vectors, report):
    for one in vectors:
        batches = {row['id']: SimpleNamespace(**row, names=[row[name] for name in ('prev',) if name in row] + row['deps'], last=row['seq'] + row['count'] - 1,
                   events=[SimpleNamespace(kind=kind) for kind in row['kinds']]) for row in one['batches']}
        order = order_epoch(batches, {name for batch in batches.values() for name in batch.names} - batches.keys(), dict(one['times']), one['time'], one['window'])
        forks = forks_of(order, {device: [(seq, '')] for device, seq in one['final']})
        report.compare(one['name'], one['expected'], {'included': [batch.id for batch in order], 'forks': sorted(map(list, forks.items()))})
    return len(vectors)
def judge_signatures(vectors, report):
    for one in vectors['rule']:
        report.compare(one['name'], one['code'], code_of(check_ed25519, *(bytes.fromhex(one[name]) for name in ('key', 'signature', 'message'))))
    for one in vectors['armour']:
        report.compare(one['name'], one['code'], code_of(check_sshsig, one['armour'], raw(one['message']), one['namespace'], one.get('device')))
    return len(vectors['rule'] + vectors['armour'])
def judge_commitments(vectors, report):
    for one in vectors['sealed']:
        report.compare('sealed', one['hash'], named('gdo-ballot-v1', encode([one[name] for name in ('case', 'stage', 'member', 'choice', 'nonce')])))
    for one in vectors['draws']:
        report.compare('draw', one['hash'], named('gdo-draw-v1', f'{one["case"]} {one["stage"]} {one["member"]} {one["secret"]}'.encode()))
    for one in vectors['lots']:
        seed = bytes.fromhex(one['drawn']) + f'{one["case"]}{one["stage"]}'.encode()
        report.compare('lot', one['order'], sorted(one['options'], key=lambda option: named('gdo-lot-v1', seed + option.encode())))
    return sum(map(len, vectors.values()))
def judge_ledgers(vectors, report): return sum(judge_ledger(dump, report) for dump in vectors)
JUDGES = {'canonical.json': judge_canonical, 'batches.json': judge_batches, 'trees.json': judge_trees, 'ledgers.json': judge_ledgers,
          'events.json': judge_events, 'statements.json': judge_statements, 'orders.json': judge_orders, 'signatures.json': judge_signatures,
          'commitments.json': judge_commitments, 'slices.json': judge_slices, 'snapshots.json': judge_snapshots,
          'pruned.json': judge_pruned}

def main():
    parser = argparse.ArgumentParser(description='Judges every vector file of a folder by the independent verifier. Prints one line for each difference '
                                     'and a summary. The exit code is 0 where nothing differs, else 1 (2 for a wrong call).')
    parser.add_argument('dir', metavar='DIR', type=pathlib.Path)
    sys.stdout.reconfigure(errors='backslashreplace')
    paths = sorted(parser.parse_args().dir.glob('*.json'))
    return summary('files', [judge_text(path.name, path.read_bytes(), JUDGES.get(path.name, forbidden)) for path in paths])

if __name__ == '__main__':
    sys.exit(main())
