#!/bin/sh
# Builds the image of this dapp from what is on this machine, without any registry, and prints its hash for the bylaws. Usage: sh image.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/dapp" "$root/tmp" "$root/proc" "$root/dev" "$root/sys" "$root/etc"
mkdir "$root/bin"
# The statically linked busybox of Debian (package busybox-static) is the shell and all its commands.
cp /bin/busybox "$root/bin/"
for name in sh cat head tail tr wc sed expr; do ln -s busybox "$root/bin/$name"; done
cp "$here/NAME.sh" "$root/dapp/"
tar -C "$root" --sort=name --owner=0 --group=0 -c . | docker import -
