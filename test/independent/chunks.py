#!/usr/bin/env python3
"""A second implementation of contents in chunks (docs/decisions/0155): cuts a file, writes its manifest, tree and commit, and judges the vectors. No git is asked."""
import hashlib, json, re, sys

MIN, NORMAL, MAX, WINDOW, LINES = 2048, 6656, 65536, 32, 65536
sha256 = lambda data: hashlib.sha256(data).hexdigest()
GEAR = [int.from_bytes(hashlib.sha256(b'gdo-gear-1' + bytes([n])).digest()[:4], 'big') for n in range(256)]

def tar_number(field):
    if field[0] >= 128:
        value = int.from_bytes(bytes([field[0] - 128]) + field[1:], 'big')
    else:
        match = re.fullmatch(rb' *([0-7]*)[ \0]*', field)
        if match is None: return None
        value = int(match[1] or b'0', 8)
    return value if value <= 2**40 else None
def tar_header(block): return tar_number(block[148:156]) == sum(block[:148] + block[156:]) + 8 * 32
def tar_marks(data):
    """None where the content does not begin as a tar archive, else where members of 2,048 bytes or more begin and end."""
    if len(data) < 512 or data[257:262] != b'ustar' or not tar_header(data[:512]): return None
    marks, at = [], 0
    while at + 512 <= len(data):
        block = data[at:at + 512]
        at += 512
        if not any(block): continue
        size = tar_number(block[124:136]) if tar_header(block) else None
        if size is None: break
        end = at + -(-size // 512) * 512
        if size >= 2048: marks += [at, end]
        at = end
    return marks

def cut(data, marks=()):
    """The ends of all chunks. A cut is judged by the last 32 bytes before it alone, so the hash is built anew for each chunk."""
    ends, start, marks = [], 0, sorted(set(mark for mark in marks if mark < len(data))) + [len(data)]
    while start < len(data):
        while marks[0] <= start: marks.pop(0)
        limit = marks[0]
        end, most, state = None, min(limit, start + MAX), 0
        if limit - start <= MIN: end = limit
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
    marks = tar_marks(data)
    ends, cutter = cut(data, marks or ()), 'gear-1' if marks is None else 'gear-1-tar'
    chunks = [(sha256(data[a:b]), data[a:b]) for a, b in zip([0] + ends, ends)]
    whole = {'chunks': len(chunks), 'cutter': cutter, 'sha256': sha256(data), 'size': len(data), 'v': 1}
    size = lambda part: sum(len(one) for _, one in part)
    rows = lambda part: [(name, len(one)) for name, one in part]
    if len(chunks) <= lines_max:
        text = manifest(whole, rows(chunks))
        tree = chunk_tree(chunks)
    else:
        parts, lines = [], []
        for number, part in enumerate(chunks[at:at + lines_max] for at in range(0, len(chunks), lines_max)):
            text = manifest({'chunks': len(part), 'cutter': cutter, 'size': size(part), 'v': 1}, rows(part))
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
        if 'tar' in part:
            name, size = part['tar']
            head = bytearray(name.encode().ljust(100, b'\0') + b'0000644\0' + b'0000000\0' * 2 + b'%011o\0' % size + b'0' * 11 + b'\0' + b' ' * 8 + b'0' + b'\0' * 100 + b'ustar\x0000')
            head[148:156] = b'%06o\0 ' % sum(head)
            block = bytes(head)
        elif 'repeat' in part: block = part['repeat'].encode('latin1') * (count // len(part['repeat']) + 1)
        else: block = b''.join(hashlib.sha256(b'gdo chunk content %d %d' % (part['seed'], n)).digest() for n in range(-(-count // 32)))
        out += block.ljust(count, b'\0')[:count]
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
