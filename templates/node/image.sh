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
# The Node that runs here.
node=$(node -p process.execPath)
mkdir -p "$root/usr/bin"
cp "$node" "$root/usr/bin/node"
with_libraries "$node"
cp "$here/NAME.mjs" "$root/dapp/"
tar -C "$root" --sort=name --owner=0 --group=0 -c . | docker import -
