"""Judges what pruned copies say (SPEC.md §18) by the independent verifier beside this file."""
from verify import HEX64, Refusal, among, code_of, decode, git_id, id_root, need, raw, read_commit, record, whole

STATEMENT = record(batches=whole(), checkpoint=HEX64, height=whole(1), org=HEX64, type=among('pruned'), v=among(1))

def events_of(files):
    """The statement's lists: batch id to event ids."""
    said, lists = files.get('pruned.json', b''), {}
    try: statement = decode(said, 4096)
    except Refusal: statement = None
    need(statement is not None and STATEMENT(statement), 1010, 'no statement')
    for path, data in files.items():
        if path == 'pruned.json': continue
        *lines, rest = data.decode('latin-1').split('\n')
        rows = [line.split(' ') for line in lines]
        need(rest == '' and rows and all(len(row) > 1 and all(map(HEX64, row)) and path == f'ids/{row[0][:2]}' for row in rows), 1010, 'form of a list')
        need(all(one[0] < other[0] for one, other in zip(rows, rows[1:])), 1010, 'order of a list')
        lists.update((row[0], row[1:]) for row in rows)
    need(len(lists) == statement['batches'], 1010, 'number of batches')
    return lists
def check_pruned(files, held):
    for batch, ids in events_of(files).items():
        need(batch in held and held[batch].count == len(ids) and held[batch].root == id_root(ids), 1020, 'other events')

def tree(rows):
    return git_id('tree', b''.join(f'{mode} {name}\0'.encode() + bytes.fromhex(id) for mode, name, id in rows))
def commit_of(files, one):
    inside = [('100644', path[4:], git_id('blob', data)) for path, data in sorted(files.items()) if path != 'pruned.json']
    whole_tree = tree([('40000', 'ids', tree(inside)), ('100644', 'pruned.json', git_id('blob', files['pruned.json']))])
    who = f'gdo <gdo@invalid> {one["timeMs"] // 1000} +0000'
    return git_id('commit', f'tree {whole_tree}\nauthor {who}\ncommitter {who}\n\ngdo pruned {one["height"]}\n'.encode())

def judge_pruned(vectors, report):
    for one in vectors:
        files = {path: raw(text) for path, text in one['files']}
        held = {batch.id: batch for batch in map(read_commit, map(raw, one['held']))}
        report.compare(one['name'], one['code'], code_of(check_pruned, files, held))
        if 'commit' in one: report.compare(f'{one["name"]}: commit', one['commit'], commit_of(files, one))
    return len(vectors)
