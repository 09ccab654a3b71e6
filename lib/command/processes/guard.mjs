/** Ends subprocesses when the command exits, even after a crash or SIGKILL. */
import { ChildProcess, spawn } from 'node:child_process';

/**
 * Reads the running process groups, one list a line, until the command has ended. Then the last groups receive SIGTERM
 * and, after three seconds, SIGKILL.
 */
const GUARD = `# Ends subprocesses
PATH=$PATH:/usr/bin:/bin
while read -r line; do groups=$line; done
signal() { sent=; for group in $groups; do kill -s "$1" -- "-$group" && sent=1; done; [ "$sent" ]; }
signal TERM
tenths=0
while signal 0 && [ $((tenths += 1)) -le 30 ]; do sleep 0.1; done
signal KILL`;

/**
 * Starts every later subprocess in a separate process group, including subprocesses of libraries. Terminal signals then
 * reach only this process. A shell outlives this process to kill the groups. On Windows, Node ends subprocesses itself.
 */
export function guardSubprocesses() {
  if (process.platform === 'win32') return;
  // Detach the guard: it must not keep the output pipes open, or receive Ctrl+C or SIGHUP.
  const stdio = ['pipe', 'ignore', 'ignore'];
  const guard = spawn('/bin/sh', ['-c', GUARD], { detached: true, stdio });
  guard.on('error', () => {}); // a system without a shell
  guard.stdin.on('error', () => {});
  guard.unref();
  guard.stdin.unref();

  const groups = new Set();
  const update = () => guard.stdin.write(`${[...groups].join(' ')}\n`);
  const { spawn: original } = ChildProcess.prototype;
  ChildProcess.prototype.spawn = function (options) {
    const error = original.call(this, { ...options, detached: true });
    const group = this.pid;
    if (!group) return error;
    groups.add(group);
    update();
    this.once('exit', (_, signal) => {
      try {
        // A program that exits normally may leave a browser open.
        if (signal) process.kill(-group, 'SIGKILL');
      } catch {} // no process of the group is left
      groups.delete(group);
      update();
    });
    return error;
  };
}
