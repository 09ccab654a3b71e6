/** Programs that end together with the command that has started them, in whatever way that one ends. */
import { ChildProcess, spawn } from 'node:child_process';
import { endOneself } from './watch-parent.mjs';

/**
 * For `sh`: reads the groups in which our programs stand, `+GROUP` as one begins and `-GROUP` as it has
 * ended. Its input ends as we do. Then it asks those that are left to end, and three seconds later makes
 * them.
 */
const GUARD = `
groups=' '
while read -r said; do
  case $said in
    +*) groups="$groups\${said#+} " ;;
    -*) groups="\${groups%% \${said#-} *} \${groups#* \${said#-} }" ;;
  esac
done
tell() {
  heard=1
  for group in $groups; do kill -s "$1" -- "-$group" 2>/dev/null && heard=0; done
  return $heard
}
PATH=$PATH:/usr/bin:/bin
waits=30
tell TERM && while tell 0 && [ $waits -gt 0 ]; do
  sleep 0.1
  waits=$((waits - 1))
done
tell KILL
`;

/** The groups that it knows of. */
const groups = new Set();

let guard;
const say = words => guard.stdin.write(`${words}\n`);

/** Returns the number of the process that outlives the last program of this command, if only just. */
export const lastToEnd = () => guard?.pid ?? process.pid;

/**
 * Has each program that is started from here on, by whichever library, stand in a group of its own, with
 * a guard beside this process that ends those groups with it. A signal of the terminal then reaches this
 * process alone. On Windows, Node sees to it that programs end together with who has started them.
 */
export function endProgramsWithUs() {
  if (process.platform === 'win32') return;
  const { spawn: start } = ChildProcess.prototype;
  ChildProcess.prototype.spawn = function (options) {
    if (options.args?.includes(GUARD)) return start.call(this, options);
    const failed = start.call(this, { ...options, detached: true });
    if (this.pid) note(this, this.pid);
    return failed;
  };
  startGuard();
}

function note(child, group) {
  groups.add(group);
  say(`+${group}`);
  child.once('exit', (_, signal) => {
    // One that ends by itself may leave a browser open.
    if (signal) end(group);
    groups.delete(group);
    say(`-${group}`);
  });
}

function end(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {} // it left nothing
}

function startGuard() {
  // It must not hold the pipes open that we print to, nor hear a Ctrl+C or the end of the terminal.
  const stdio = ['pipe', 'ignore', 'ignore'];
  guard = spawn('/bin/sh', ['-c', GUARD], { detached: true, stdio });
  guard.on('error', () => {}); // a system without a shell
  guard.stdin.on('error', () => {}); // it has ended, of which 'exit' tells
  guard.once('exit', () => {
    startGuard();
    for (const group of groups) say(`+${group}`);
    endOneself();
  });
  guard.unref();
  guard.stdin.unref();
}
