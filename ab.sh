# ab.sh ENVVAR turns model...
v=$1; n=$2; shift 2
for m in "$@"; do for i in $(seq $n); do
 echo "$m A $(npx tsx ab.ts $m 2>/dev/null)"; echo "$m B $(env $v=1 npx tsx ab.ts $m 2>/dev/null)"; done; done
