#!/bin/sh
# A dapp in sh: one case comes in on standard input, one verdict goes out. Same input, same bytes; there is no network, no clock, no chance here.
# It accepts a change when every file below fees/ is one whole number of at most 5000 and a line feed. Write your own rule in `judge`.
set -eu
most=5000

# Sees one file: its path in $1, its length in $2, its bytes on standard input. Says nothing, or why not.
judge() {
  case $1 in fees/*) ;; *) return 0 ;; esac
  cat >/tmp/file
  amount=$(cat /tmp/file)
  digits=$(tr -cd 0-9 </tmp/file | wc -c)
  lines=$(wc -l </tmp/file)
  case $amount in
    '' | *[!0-9]* | ??????????*) digits=0 ;;
  esac
  if [ "$digits" -eq 0 ] || [ "$lines" -ne 1 ] || [ $((digits + 1)) -ne "$2" ]; then
    echo "$1 is not one whole number and a line feed"
  elif [ "$(expr "$amount" + 0)" -gt "$most" ]; then
    echo "$1 asks $amount, more than $most"
  else
    echo kept >>/tmp/kept
  fi
}

# The input: one line of JSON, then each file of its list as its length, a line feed, and its bytes.
cat >/tmp/in
head=$(head -n 1 /tmp/in)
at=$(head -n 1 /tmp/in | wc -c)
: >/tmp/kept
: >/tmp/reasons
case $head in
  *'"files":['*'],"kind":"check"'*) ;;
  *) echo 'the input has no files' >&2 && exit 1 ;;
esac
# No path holds a quotation mark or a backslash: what stands between two marks is the path.
rest=${head#*\"files\":\[}
rest=${rest%%\],\"kind\":\"check\"*}
while [ -n "$rest" ]; do
  rest=${rest#*\[\"}
  path=${rest%%\"*}
  rest=${rest#*\",\"}
  rest=${rest#*\",\"}
  rest=${rest#*\",}
  length=${rest%%\]*}
  rest=${rest#*\]}
  at=$((at + ${#length} + 1))
  tail -c "+$((at + 1))" /tmp/in | head -c "$length" | judge "$path" "$length" >>/tmp/reasons
  at=$((at + length))
done
[ "$(wc -c </tmp/in)" -eq "$at" ] || { echo 'the input is not framed as declared' >&2 && exit 1; }

score=$(wc -l </tmp/kept)
score=$((score))
if [ -s /tmp/reasons ]; then
  reasons=$(head -n 20 /tmp/reasons | sed 's/.*/"&"/' | tr '\n' ,)
  printf '{"reasons":[%s],"score":%s,"v":1,"verdict":"reject"}\n' "${reasons%,}" "$score"
else
  printf '{"score":%s,"v":1,"verdict":"accept"}\n' "$score"
fi
