#!/usr/bin/env python3
"""A second implementation of contents in chunks (docs/decisions/0155): cuts a file, writes its manifest, tree and commit, and judges the vectors. No git is asked."""
import hashlib, json, sys

MIN, NORMAL, MAX, WINDOW, LINES = 2048, 6656, 65536, 32, 65536
sha256 = lambda data: hashlib.sha256(data).hexdigest()
GEAR = [int.from_bytes(hashlib.sha256(b'gdo-gear-1' + bytes([n])).digest()[:4], 'big') for n in range(256)]

def cut(data):
    """The ends of all chunks. A cut is judged by the last 32 bytes before it alone, so the hash is built anew for each chunk."""
    ends, start = [], 0
    while start < len(data):
        end, most, state = None, min(len(data), start + MAX), 0
        if len(data) - start <= MIN: end = len(data)
        else:
            for at in range(start + MIN - WINDOW, most):
                state = (2 * state + GEAR[data[at]]) % 2**32
                length = at + 1 - start
                if length >= MIN and state < (2**17 if length < NORMAL else 2**21):
                    end = at + 1
                    break
        ends.append(end or most)
        start = ends[-1]
    return ends

def git_object(kind, data): return hashlib.sha1(b'%s %d\0' % (kind, len(data)) + data).hexdigest()
def git_tree(entries):
    key = lambda entry: entry[1].encode() + (b'/' if entry[0] == '40000' else b'')
    return git_object(b'tree', b''.join(b'%s %s\0' % (mode.encode(), name.encode()) + bytes.fromhex(oid) for mode, name, oid in sorted(entries, key=key)))

def canonical(value): return json.dumps(value, sort_keys=True, separators=(',', ':')).encode()
def manifest(head, lines): return canonical(head) + b'\n' + b''.join(b'%s %d\n' % (name.encode(), size) for name, size in lines)

def chunk_tree(chunks):
    folders = {}
    for name, data in chunks: folders.setdefault(name[:2], {})[name[2:]] = git_object(b'blob', data)
    inner = [('40000', first, git_tree([('100644', rest, oid) for rest, oid in rows.items()])) for first, rows in folders.items()]
    return [('40000', 'c', git_tree(inner))] if inner else []

def content(data, lines_max=LINES):
    """(sha256, ends, manifest, commit) of a content. One of more chunks than a manifest names is a manifest of manifests."""
    ends = cut(data)
    chunks = [(sha256(data[a:b]), data[a:b]) for a, b in zip([0] + ends, ends)]
    whole = {'chunks': len(chunks), 'cutter': 'gear-1', 'sha256': sha256(data), 'size': len(data), 'v': 1}
    size = lambda part: sum(len(one) for _, one in part)
    rows = lambda part: [(name, len(one)) for name, one in part]
    if len(chunks) <= lines_max:
        text = manifest(whole, rows(chunks))
        tree = chunk_tree(chunks)
    else:
        parts, lines = [], []
        for number, part in enumerate(chunks[at:at + lines_max] for at in range(0, len(chunks), lines_max)):
            text = manifest({'chunks': len(part), 'cutter': 'gear-1', 'size': size(part), 'v': 1}, rows(part))
            parts.append(('40000', f'{number:04}', git_tree(chunk_tree(part) + [('100644', 'manifest', git_object(b'blob', text))])))
            lines.append((sha256(text), size(part)))
        text = manifest({**whole, 'level': 1}, lines)
        tree = [('40000', 'p', git_tree(parts))]
    tree = git_tree(tree + [('100644', 'manifest', git_object(b'blob', text))])
    who = 'gdo <gdo@invalid> 0 +0000'
    commit = git_object(b'commit', f'tree {tree}\nauthor {who}\ncommitter {who}\n\nContent {whole["sha256"]}\n'.encode())
    return whole['sha256'], ends, text, commit

def made(parts):
    out = b''
    for part in parts:
        count = part['length']
        if 'repeat' in part: block = part['repeat'].encode('latin1') * (count // len(part['repeat']) + 1)
        else: block = b''.join(hashlib.sha256(b'gdo chunk content %d %d' % (part['seed'], n)).digest() for n in range(-(-count // 32)))
        out += block[:count]
    return out

def judge(path):
    vectors = json.load(open(path))
    wrong = [] if [f'{word:08x}' for word in GEAR] == vectors['table'] else ['the table']
    for one in vectors['contents']:
        name, ends, text, commit = content(made(one['parts']))
        if [name, ends, sha256(text), commit] != [one['sha256'], one['ends'], one['manifest'], one['commit']]: wrong.append(one['name'])
    print(json.dumps({'judged': len(vectors['contents']), 'wrong': wrong}))

if __name__ == '__main__':
    if sys.argv[1] == 'judge': judge(sys.argv[2])
    else:
        name, ends, text, commit = content(open(sys.argv[2], 'rb').read(), *map(int, sys.argv[3:]))
        print(json.dumps({'sha256': name, 'ends': ends, 'manifest': sha256(text), 'commit': commit}))
