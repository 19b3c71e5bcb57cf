#!/bin/sh
# A conformance kit as a dapp: it runs every program below programs/ on questions whose answers are known, inside its own container.
# A program reads numbers, one a line, and says each one doubled. Exit 0: all do; 1: one does not. No time, no network, and nothing of the program stays.
cat >/tmp/in
head=$(head -n 1 /tmp/in)
at=$(head -n 1 /tmp/in | wc -c)
rest=${head#*\"files\":\[}
rest=${rest%%\],\"kind\":\"check\"*}
found=1
while [ -n "$rest" ]; do
  rest=${rest#*\[\"}
  path=${rest%%\"*}
  rest=${rest#*\",\"}
  rest=${rest#*\",\"}
  rest=${rest#*\",}
  length=${rest%%\]*}
  rest=${rest#*\]}
  at=$((at + ${#length} + 1))
  case $path in
    programs/*)
      tail -c "+$((at + 1))" /tmp/in | head -c "$length" >/tmp/program
      said=$(printf '1\n21\n-4\n0\n' | sh /tmp/program 2>/dev/null | tr '\n' ' ')
      [ "$said" = '2 42 -8 0 ' ] || exit 1
      found=0
      ;;
  esac
  at=$((at + length))
done
exit $found
