#!/bin/sh
# Builds an image of dapps from the programs of this machine, without any registry, and prints its hash for the bylaws. The same programs give the same hash at any hour.
# Python (.py), JavaScript (.mjs, with this machine's Node), shell (.sh, with Debian's static busybox) and C (.c, linked statically) can be in one image.
# Usage: sh image.sh accounting/dapps/accounting.py ...          gives it to the container engine
#        ARCHIVE=books.tar sh image.sh accounting/dapps/accounting.py    writes it for  gdo image add books.tar  and needs no engine
set -eu
beside=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
mkdir -p "$root/usr/bin" "$root/usr/lib" "$root/bin" "$root/dapp" "$root/tmp" "$root/proc" "$root/dev" "$root/sys" "$root/etc"

# The libraries that files are linked with, at the places where their loader looks.
with_libraries() {
  for file in "$@"; do ldd "$file"; done | grep -o '/[^ ]*' | grep '\.so\|ld-linux' | grep -v lib-dynload | sort -u |
    while read -r file; do mkdir -p "$root$(dirname "$file")" && cp -L "$file" "$root$file"; done
}

add_python() {
  [ -e "$root/usr/bin/python3" ] && return
  # Debian's own Python and not another one that stands before it in PATH: its files lie where the lines below look for them.
  python=$(readlink -f /usr/bin/python3)
  library=/usr/lib/$(basename "$python")
  cp "$python" "$root/usr/bin/python3"
  cp -r "$library" "$root$library"
  rm -rf "$root$library/test" "$root$library/ensurepip" "$root$library/idlelib" "$root$library/lib2to3" "$root$library"/config-* "$root$library/dist-packages"
  # What Python keeps compiled holds the time at which it was.
  find "$root$library" -name __pycache__ -prune -exec rm -rf {} +
  with_libraries "$python" "$library"/lib-dynload/_hashlib*.so
  cp "$beside/gdo_dapp.py" "$root/dapp/"
}

add_node() {
  [ -e "$root/usr/bin/node" ] && return
  node=$(node -p process.execPath)
  cp "$node" "$root/usr/bin/node"
  with_libraries "$node"
}

add_shell() {
  [ -e "$root/bin/busybox" ] && return
  cp /bin/busybox "$root/bin/"
  for name in sh cat cut expr grep head printf sed sha256sum sort tail tr wc; do ln -s busybox "$root/bin/$name"; done
}

for program in "$@"; do
  case $program in
    *.py) add_python ;;
    *.mjs) add_node ;;
    *.sh) add_shell ;;
    *.c)
      cc -std=gnu11 -Os -static -o "$root/dapp/$(basename "$program" .c)" "$program"
      continue
      ;;
    *)
      echo "image.sh: $program is no program of Python, JavaScript, shell or C" >&2
      exit 2
      ;;
  esac
  cp "$program" "$root/dapp/"
done

# One layer and its description, with nothing in them of who built it when: so the hash is that of the programs alone.
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
