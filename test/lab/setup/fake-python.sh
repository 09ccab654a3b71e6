#!/bin/sh
# Answers set-up's one question of a Python: what it is. It stands, in JSON, in a file of its own name
# with `.about` behind it.
if [ "$1" != -c ]; then echo "no $*" >&2; exit 1; fi
prefix=$(cd "${0%/*}/.." && pwd)
read -r answer < "$0.about"
printf '{"executable":"%s","packages":"%s/site-packages",%s\n' "$0" "$prefix" "${answer#\{}"
