#!/bin/sh
# Builds the image of this dapp from what is on this machine, without any registry, and prints its hash for the bylaws. The same programs give the same hash at any hour.
# Usage: sh image.sh                     gives it to the container engine
#        ARCHIVE=NAME.tar sh image.sh    writes it for  gdo image add NAME.tar  and needs no engine
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root/dapp" "$root/tmp" "$root/proc" "$root/dev" "$root/sys" "$root/etc"
# Statically linked: the image holds this one file. Debian packages gcc and libc6-dev.
cc -std=gnu11 -Os -static -o "$root/dapp/NAME" "$here/NAME.c"
# One layer and its description, with nothing in them of who built it when: so the hash is that of the programs alone, at any hour.
sum() { sha256sum "$1" | cut -d ' ' -f 1; }
tar -C "$root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u+rwX,go+rX,go-w --format=gnu -cf "$work/layer.tar" .
case $(uname -m) in x86_64) platform=amd64 ;; aarch64) platform=arm64 ;; *) platform=$(uname -m) ;; esac
printf '{"architecture":"%s","config":{},"created":"1970-01-01T00:00:00Z","os":"linux","rootfs":{"diff_ids":["sha256:%s"],"type":"layers"}}' \
  "$platform" "$(sum "$work/layer.tar")" >"$work/config.json"
hash=$(sum "$work/config.json")
mv "$work/config.json" "$work/$hash.json"
printf '[{"Config":"%s.json","Layers":["layer.tar"],"RepoTags":null}]' "$hash" >"$work/manifest.json"
tar -C "$work" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$work/image.tar" "$hash.json" layer.tar manifest.json
if [ -n "${ARCHIVE:-}" ]; then cp "$work/image.tar" "$ARCHIVE"; else docker load --quiet <"$work/image.tar" >/dev/null; fi
echo "sha256:$hash"
