# Kills the subprocesses of a command after the command has ended or crashed.
# usage: sh -c "$(cat guard.sh)" guard COMMAND [NPM]
# COMMAND is the command's process id, NPM the id of the npm that runs it as a script. Stdin lists the process
# groups of subprocesses, +GROUP when one starts and -GROUP when it has ended, and closes when the command ends.
# Then the remaining groups get SIGTERM and, three seconds later, SIGKILL. If NPM dies, this script ends the
# command, which may be too busy to notice.

groups=' '
PATH=$PATH:/usr/bin:/bin
lives() { # also of other accounts, but not zombies
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
