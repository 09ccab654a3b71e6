/** Programs that end together with the command that has started them, in whatever way that one ends. */
import { ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Its text, not its path: a shell reads a file as it goes, and an update may change that. Without the line
// ends of Windows, which an archive may have, and no shell knows.
const path = join(dirname(fileURLToPath(import.meta.url)), 'guard.sh');
const GUARD = readFileSync(path, 'utf8').replaceAll('\r', '');

/** The groups that it knows of. */
const groups = new Set();

let guard;
const say = words => guard.stdin.write(`${words}\n`);

// On the process: the modules of before and after the installation are loaded apart.
const KEY = Symbol.for('digits.tools.guard');

/** Returns the number of the process that outlives the last program of this command, if only just. */
export const lastToEnd = () => globalThis[KEY] ?? process.pid;

/**
 * Has each program that is started from here on, by whichever library, stand in a group of its own, with
 * a guard beside this process that ends those groups with it, and this process with npm. A signal of the
 * terminal then reaches this process alone. On Windows, Node sees to it that programs end together with
 * who has started them.
 *
 * @param {number} [npm] the npm that runs this process as a script
 */
export function endTogether(npm) {
  if (process.platform === 'win32') return;
  const { spawn: start } = ChildProcess.prototype;
  ChildProcess.prototype.spawn = function (options) {
    if (options.args?.includes(GUARD)) return start.call(this, options);
    const failed = start.call(this, { ...options, detached: true });
    if (this.pid) note(this, this.pid);
    return failed;
  };
  startGuard(npm);
}

function note(child, group) {
  groups.add(group);
  say(`+${group}`);
  child.once('exit', (_, signal) => {
    try {
      // One that ends by itself may leave a browser open.
      if (signal) process.kill(-group, 'SIGKILL');
    } catch {} // it has left nothing
    groups.delete(group);
    say(`-${group}`);
  });
}

function startGuard(npm) {
  // It must not hold the pipes open that we print to, nor hear a Ctrl+C or the end of the terminal.
  const stdio = ['pipe', 'ignore', 'ignore'];
  const numbers = [process.pid, npm ?? ''].map(String);
  guard = spawn('/bin/sh', ['-c', GUARD, 'guard', ...numbers], { detached: true, stdio });
  globalThis[KEY] = guard.pid;
  guard.on('error', () => {}); // a system without a shell
  guard.stdin.on('error', () => {}); // it has ended, of which 'exit' tells
  guard.once('exit', () => {
    startGuard(npm);
    for (const group of groups) say(`+${group}`);
    process.kill(process.pid, 'SIGTERM'); // which each command answers as it does a user's
  });
  guard.unref();
  guard.stdin.unref();
}
