#!/bin/sh
# Builds an image of dapps from the Python of this machine, without any registry, and prints its hash for the bylaws.
# Usage: sh image.sh accounting/dapps/accounting.py ...
set -eu
beside=$(dirname "$0")
# Debian's own Python and not another one that stands before it in PATH: its files lie where the lines below look for them.
python=$(readlink -f /usr/bin/python3)
library=/usr/lib/$(basename "$python")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/usr/bin" "$root/usr/lib" "$root/dapp" "$root/tmp" "$root/proc" "$root/dev" "$root/sys" "$root/etc"
cp "$python" "$root/usr/bin/python3"
cp -r "$library" "$root$library"
rm -rf "$root$library/test" "$root$library/ensurepip" "$root$library/idlelib" "$root$library/lib2to3" "$root$library"/config-* "$root$library/dist-packages"
find "$root$library" -name __pycache__ -prune -exec rm -rf {} +
# The libraries the program is linked with, at the places where its loader looks.
{ ldd "$python"; find "$root$library/lib-dynload" -name '_hashlib*.so' -exec ldd {} +; } | grep -o '/[^ ]*' | grep '\.so' | grep -v lib-dynload | sort -u |
  while read -r file; do mkdir -p "$root$(dirname "$file")" && cp -L "$file" "$root$file"; done
cp "$@" "$beside/gdo_dapp.py" "$root/dapp/"
tar -C "$root" -c . | docker import -
