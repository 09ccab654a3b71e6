/** Finds the npm process that runs this script, and checks whether processes are alive. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Returns the process id of the npm that runs this process as a script. Ends this process if npm has already ended.
 *
 * @param {string} script the script's name. Without npm, or within another script, signals alone end this process.
 */
export function npmPid(script) {
  if (process.env.npm_lifecycle_event !== script || process.platform === 'win32') return undefined;
  const wrappers = [process.pid];
  let npm = process.ppid;
  while (/^\S*sh -c /.test(processInfo(npm)?.command)) {
    wrappers.push(npm);
    npm = processInfo(npm).parent;
  }
  // npm and its script share a process group, unless the script was put in a separate group. A parent outside of the
  // group has adopted the script after npm died.
  const { group } = processInfo(process.pid) ?? {};
  if ((processInfo(npm)?.group ?? group) !== group && !wrappers.includes(group))
    process.kill(process.pid, 'SIGTERM');
  return npm;
}

/** Returns a process's parent, group and command line, or `undefined` if the process has ended. */
function processInfo(pid) {
  try {
    const [parent, group, ...command] = readStatus(pid);
    return { parent: Number(parent), group: Number(group), command: command.join(' ') };
  } catch {
    return undefined;
  }
}

function readStatus(pid) {
  if (process.platform !== 'linux') {
    const options = ['-o', 'ppid=,pgid=,command=', '-p', String(pid)];
    return execFileSync('ps', options, { encoding: 'utf8' }).trim().split(/\s+/);
  }
  const [, parent, group] = readStat(pid).split(' ');
  return [parent, group, ...readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')];
}

/** Returns the fields of `/proc/PID/stat` after the name, which may contain any characters. */
const readStat = pid => readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');

/** Returns whether a process of any user is running. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  // In a container, an ended process may remain as a zombie that still accepts signals.
  try {
    return !readStat(pid).startsWith('Z');
  } catch {
    return true; // not Linux
  }
}
