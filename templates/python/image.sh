#!/bin/sh
# Builds the image of this dapp from what is on this machine, without any registry, and prints its hash for the bylaws. Usage: sh image.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/dapp" "$root/tmp" "$root/proc" "$root/dev" "$root/sys" "$root/etc"
# The libraries a program is linked with, at the places where its loader looks.
with_libraries() {
  for file in $(ldd "$1" | grep -o "/[^ ]*"); do
    mkdir -p "$root$(dirname "$file")" && cp -L "$file" "$root$file"
  done
}
# The Python of the distribution, and not another one that stands before it in PATH.
python=$(readlink -f /usr/bin/python3)
library=/usr/lib/$(basename "$python")
mkdir -p "$root/usr/bin" "$root/usr/lib"
cp "$python" "$root/usr/bin/python3"
cp -r "$library" "$root$library"
rm -rf "$root$library/test" "$root$library/ensurepip" "$root$library/idlelib" "$root$library/lib2to3" "$root$library"/config-* "$root$library/dist-packages"
find "$root$library" -name __pycache__ -prune -exec rm -rf {} +
with_libraries "$python"
cp "$here/NAME.py" "$root/dapp/"
tar -C "$root" --sort=name --owner=0 --group=0 -c . | docker import -
