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
# The Perl of the distribution, with the few modules that lie beside it.
perl=$(readlink -f /usr/bin/perl)
mkdir -p "$root/usr/bin"
cp "$perl" "$root/usr/bin/perl"
with_libraries "$perl"
for name in strict.pm warnings.pm; do
  file=$("$perl" -e 'for (@INC) { if (-e "$_/$ARGV[0]") { print "$_/$ARGV[0]"; last } }' "$name")
  mkdir -p "$root$(dirname "$file")" && cp "$file" "$root$file"
done
cp "$here/NAME.pl" "$root/dapp/"
tar -C "$root" --sort=name --owner=0 --group=0 -c . | docker import -
