/** Whether other processes live, and the end of this one together with npm. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Returns the number of the npm that runs this process as a script. Ends this process if that npm is gone
 * already.
 *
 * @param {string} script its name; who runs it without npm, or from within another script, decides by
 * signals alone when it ends
 */
export function npmOf(script) {
  if (process.env.npm_lifecycle_event !== script || process.platform === 'win32') return undefined;
  const ours = [process.pid];
  let npm = process.ppid;
  while (/^\S*sh -c /.test(about(npm)?.command)) {
    ours.push(npm);
    npm = about(npm).parent;
  }
  // npm and its script stand in one group, unless somebody has put the script in a group of its own.
  // Who stands outside has adopted what a dead npm has left.
  const { group } = about(process.pid) ?? {};
  if ((about(npm)?.group ?? group) !== group && !ours.includes(group))
    process.kill(process.pid, 'SIGTERM');
  return npm;
}

/** Returns a process's parent, group and command line; undefined where it has ended. */
function about(pid) {
  try {
    const [parent, group, ...command] = statusOf(pid);
    return { parent: Number(parent), group: Number(group), command: command.join(' ') };
  } catch {
    return undefined;
  }
}

function statusOf(pid) {
  if (process.platform !== 'linux') {
    const options = ['-o', 'ppid=,pgid=,command=', '-p', String(pid)];
    return execFileSync('ps', options, { encoding: 'utf8' }).trim().split(/\s+/);
  }
  const [, parent, group] = stateOf(pid).split(' ');
  return [parent, group, ...readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')];
}

/** Returns what Linux tells of a process behind its name, which may hold anything. */
const stateOf = pid => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');

/** Tells whether a process runs, whoever owns it. */
export function lives(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  // In a container nobody may collect a process that has ended; it then still answers to signals.
  try {
    return !stateOf(pid).startsWith('Z');
  } catch {
    return true; // another system than Linux
  }
}
