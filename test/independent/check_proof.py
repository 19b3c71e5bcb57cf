#!/usr/bin/env python3
"""Checks a proof of one file that `gdo prove` wrote, by SPEC.md section 15: no repository, no network, Python's standard library only.

    check_proof.py PROOF ORG [FILE]

ORG is the organization's id, which you know from somebody you trust; FILE, where given, must have the content that was proved.
The exit code is 0 where the proof holds, else 1."""
import base64, hashlib, json, struct, sys, urllib.parse
from datetime import datetime, timezone

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

class Refused(Exception): pass
def need(holds, why):
    if not holds: raise Refused(why)
def sha256(data): return hashlib.sha256(data).digest()
def named(prefix, data): return sha256(prefix.encode() + b'\0' + data)

def point_of(data):
    y, sign = int.from_bytes(data, 'little') & 2**255 - 1, data[31] >> 7
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    x = x if v * x * x % P == u else x * pow(2, (P - 1) // 4, P) % P
    need(y < P and v * x * x % P == u and not (x == 0 and sign), 'a key that is no point')
    return (x if x & 1 == sign else P - x, y)
def add(a, b):
    product = D * a[0] * b[0] * a[1] * b[1] % P
    return ((a[0] * b[1] + a[1] * b[0]) * pow(1 + product, -1, P) % P, (a[1] * b[1] + a[0] * b[0]) * pow(1 - product, -1, P) % P)
def multiply(scalar, point):
    result = (0, 1)
    while scalar:
        result = add(result, point) if scalar & 1 else result
        point, scalar = add(point, point), scalar >> 1
    return result
def encoded(point): return (point[1] | (point[0] & 1) << 255).to_bytes(32, 'little')

def check_ed25519(key, signature, message):
    r, s = signature[:32], int.from_bytes(signature[32:], 'little')
    point = point_of(key)
    need(s < L and r != b'\1' + bytes(31) and point != (0, 1) and multiply(L, point) == (0, 1), 'a signature or key of a wrong form')
    k = int.from_bytes(hashlib.sha512(r + key + message).digest(), 'little') % L
    base = point_of((4 * pow(5, -1, P) % P).to_bytes(32, 'little'))
    need(encoded(add(multiply(s, base), multiply(k, (P - point[0], point[1])))) == r, 'a signature that does not fit')

def string(data): return struct.pack('>I', len(data)) + data
def signer_of(armour, message, namespace):
    blob = base64.b64decode(''.join(armour.split('\n')[1:-2]), validate=True)
    key, signature, tail = blob[33:65], blob[-64:], string(namespace) + string(b'') + string(b'sha512')
    key_blob = string(b'ssh-ed25519') + string(key)
    need(blob == b'SSHSIG\0\0\0\1' + string(key_blob) + tail + string(string(b'ssh-ed25519') + string(signature)), 'a signature of another form')
    check_ed25519(key, signature, b'SSHSIG' + tail + string(hashlib.sha512(message).digest()))
    return sha256(key_blob).hex()

def final_checkpoint(part, org, genesis):
    """The checkpoint and its id, once enough witnesses of the founding have voted for it."""
    data = part['checkpoint'].encode()
    checkpoint, one, witnesses, voted = json.loads(data), named('gdo-checkpoint-v1', data).hex(), dict(genesis['witnesses']), set()
    need(checkpoint['type'] == 'checkpoint' and checkpoint['org'] == org, 'a checkpoint of another organization')
    for vote in part['votes']:
        said, device = json.loads(vote['statement']), signer_of(vote['signature'], vote['statement'].encode(), b'gdo-cosign-v1')
        if said == {'height': checkpoint['height'], 'org': org, 'type': 'vote', 'v': 1, 'value': one} and device in witnesses: voted.add(device)
    total = sum(witnesses.values())
    need(sum(witnesses[device] for device in voted) >= (total + (total - 1) // 3) // 2 + 1, 'too few witnesses of the founding voted')
    return checkpoint, one

def root_of(entry):
    """The root that the entry's leaf and the hashes beside its path give."""
    hashed, depths = named('gdo-key-v1', entry['key'].encode()), range(len(entry['siblings']))
    bit = lambda value, depth: value[depth // 8] >> 7 - depth % 8 & 1
    leaf = entry.get('leaf')
    key, value = (bytes.fromhex(leaf[name]) for name in ('keyHash', 'valueHash')) if leaf else (b'', b'')
    need(len(entry['siblings']) <= 256 and (not leaf or all(bit(key, depth) == bit(hashed, depth) for depth in depths)), 'a leaf off the path')
    if 'value' in entry: need((key, value) == (hashed, named('gdo-value-v1', entry['value'].encode())), 'another leaf than the file')
    else: need(key != hashed, 'a file that is said to be absent')
    node = sha256(b'\0' + key + value) if leaf else bytes(32)
    for depth in reversed(depths):
        side = bytes.fromhex(entry['siblings'][depth])
        node = sha256(b'\1' + (side + node if bit(hashed, depth) else node + side))
    return node.hex()

def check(proof, org, content):
    data, entry = proof['genesis'].encode(), proof['entry']
    genesis, first = json.loads(data), 'checkpoint' not in proof
    need(proof['schema'] == 'gdo-proof/1' and named('gdo-genesis-v1', data).hex() == org == proof['org'], 'another organization')
    checkpoint, one = (genesis, None) if first else final_checkpoint(proof, org, genesis)
    need(entry['key'] == 'content/' + urllib.parse.quote(proof['path'], safe='/-._~'), 'another path')
    need(root_of(entry) == checkpoint['main']['content'], 'the file is not in what was signed')
    following = final_checkpoint(proof['next'], org, genesis)[0] if 'next' in proof else None
    need(not following or (following['height'] == 1 if first else following['prev'] == one), 'a checkpoint that does not follow')
    mode, _, hashed = json.loads(entry.get('value', '{"entry":"absent"}'))['entry'].partition(':')
    need(content is None or hashlib.sha256(content).hexdigest() == hashed, 'the file you have is another one')
    instant = lambda value: datetime.fromtimestamp(value['time'] / 1000, timezone.utc).strftime('%Y-%m-%d %H:%M:%S UTC')
    return f'{proof["path"]} of {genesis["name"]}: {mode} {hashed}'.rstrip() + f'\nfrom {instant(checkpoint)}' + (f' until {instant(following)}' if following else '')

if __name__ == '__main__':
    if len(sys.argv) not in (3, 4): sys.exit(__doc__)
    try: print(check(json.load(open(sys.argv[1], encoding='utf-8')), sys.argv[2], open(sys.argv[3], 'rb').read() if len(sys.argv) == 4 else None))
    except Exception as error: sys.exit(f'The proof does not hold: {error}')  # whatever is wrong with the file, it proves nothing
