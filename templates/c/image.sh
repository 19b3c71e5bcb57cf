#!/bin/sh
# Builds the image of this dapp from what is on this machine, without any registry, and prints its hash for the bylaws. Usage: sh image.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/dapp" "$root/tmp" "$root/proc" "$root/dev" "$root/sys" "$root/etc"
# Statically linked: the image holds this one file. Debian packages gcc and libc6-dev.
cc -std=gnu11 -Os -static -o "$root/dapp/NAME" "$here/NAME.c"
tar -C "$root" --sort=name --owner=0 --group=0 -c . | docker import -
