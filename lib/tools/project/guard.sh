# Ends what a command has started, once that has ended in whatever way.
# usage: sh -c "$(cat guard.sh)" guard COMMAND [NPM]
# COMMAND is its process, which NPM runs as a script. Standard input says in which groups its programs
# stand, +GROUP as one begins and -GROUP as it has ended, and ends with the command. Then those that are
# left are asked to end and, three seconds later, made to. Of npm's death nobody else tells the command,
# which may be too busy to look.

groups=' '
PATH=$PATH:/usr/bin:/bin
lives() { # another account's, too, but no zombie
  kill -s 0 -- "$1" || [ -d "/proc/$1" ] || ps -p "$1" || return
  state=
  read -r state < "/proc/$1/stat"
  case $state in *') Z '*) return 1 ;; esac
}
watch() {
  while lives "$2"; do sleep 0.5 || sleep 1 || exit; done
  kill -s TERM "$1" && sleep 4 && kill -s KILL "$1"
}
tell() {
  heard=1
  for group in $groups; do kill -s "$1" -- "-$group" && heard=0; done
  return $heard
}
if [ "$2" ]; then watch "$1" "$2" <&- & watching=$!; fi
while read -r said; do
  case $said in
    +*) groups="$groups${said#+} " ;;
    -*) groups="${groups%% ${said#-} *} ${groups#* ${said#-} }" ;;
  esac
done
kill $watching
waits=30
tell TERM && while tell 0 && [ $waits -gt 0 ]; do
  sleep 0.1
  waits=$((waits - 1))
done
tell KILL
