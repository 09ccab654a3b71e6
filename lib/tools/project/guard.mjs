/** Ends subprocesses when the command exits, even after a crash or SIGKILL. */
import { ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Pass the script's text: a shell reads files while running, and an update may change the file. Remove Windows line
// endings, which an archive may contain and a shell rejects.
const path = join(dirname(fileURLToPath(import.meta.url)), 'guard.sh');
const GUARD = readFileSync(path, 'utf8').replaceAll('\r', '');

/** Process groups registered with the guard. */
const groups = new Set();

let guard;
const send = command => guard.stdin.write(`${command}\n`);

// Store the value globally: modules are loaded twice, before and after the installation.
const KEY = Symbol.for('digits.tools.guard');

/** Returns the id of the guard, the process that outlives all subprocesses. */
export const guardPid = () => globalThis[KEY] ?? process.pid;

/**
 * Starts every later subprocess in a separate process group, including subprocesses of libraries. A guard process
 * kills the groups when this process ends, and ends this process when npm ends. Terminal signals then reach only this
 * process. On Windows, Node ends subprocesses itself.
 *
 * @param {number} [npm] process id of the npm that runs this script
 */
export function guardSubprocesses(npm) {
  if (process.platform === 'win32') return;
  const { spawn: original } = ChildProcess.prototype;
  ChildProcess.prototype.spawn = function (options) {
    if (options.args?.includes(GUARD)) return original.call(this, options);
    const error = original.call(this, { ...options, detached: true });
    if (this.pid) register(this, this.pid);
    return error;
  };
  startGuard(npm);
}

function register(child, group) {
  groups.add(group);
  send(`+${group}`);
  child.once('exit', (_, signal) => {
    try {
      // A program that exits normally may leave a browser open.
      if (signal) process.kill(-group, 'SIGKILL');
    } catch {} // no process of the group is left
    groups.delete(group);
    send(`-${group}`);
  });
}

function startGuard(npm) {
  // Detach the guard: it must not keep the output pipes open, or receive Ctrl+C or SIGHUP.
  const stdio = ['pipe', 'ignore', 'ignore'];
  const pids = [process.pid, npm ?? ''].map(String);
  guard = spawn('/bin/sh', ['-c', GUARD, 'guard', ...pids], { detached: true, stdio });
  globalThis[KEY] = guard.pid;
  guard.on('error', () => {}); // a system without a shell
  guard.stdin.on('error', () => {}); // 'exit' handles this case
  guard.once('exit', () => {
    startGuard(npm);
    for (const group of groups) send(`+${group}`);
    process.kill(process.pid, 'SIGTERM'); // every command handles SIGTERM
  });
  guard.unref();
  guard.stdin.unref();
}
