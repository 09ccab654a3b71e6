#!/bin/sh
# Answers set-up as Python would: about itself at once, all else by fake-python.cjs, since Node takes
# longer to start than to answer. A file of its own name with `.about` behind it has a line each: what it
# is; the file of its calls; Node; fake-python.cjs.
{ read -r answer; read -r calls; read -r node; read -r program; } < "$0.about"
if [ "$1" != -c ]; then exec "$node" "$program" "$0" "$calls" "$@"; fi
echo -c >> "$calls"
prefix=$(cd "${0%/*}/.." && pwd)
printf '{"executable":"%s","packages":"%s/site-packages",%s\n' "$0" "$prefix" "${answer#\{}"
