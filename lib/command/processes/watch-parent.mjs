/** Ends this process together with npm, and checks whether processes are alive. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Ends this process when npm or npm's shell has ended, such as by SIGHUP to npm alone.
 *
 * @param {string} script the script's name. Without npm, or within another script, signals alone end this process.
 */
export function endWithNpm(script) {
  if (process.env.npm_lifecycle_event !== script || process.platform === 'win32') return;
  const end = () => process.kill(process.pid, 'SIGTERM');
  const shell = process.ppid;
  const [parent, , command] = processInfo(shell);
  const npm = /^\S*sh[\0 ]-c/.test(command) ? parent : shell;
  // npm and its script share a process group, unless the script was put in a separate group. A parent outside of the
  // group has adopted the script after npm died.
  const [, group] = processInfo(process.pid);
  const [, npmGroup = group] = processInfo(npm);
  if (![npmGroup, shell, process.pid].includes(group)) end();
  setInterval(() => {
    if (process.ppid !== shell || !isAlive(npm)) end();
  }, 500).unref();
}

/** Returns a process's parent, group and command line; nothing if the process has ended. */
function processInfo(pid) {
  try {
    // Containers often lack `ps`.
    const [parent, group, ...command] =
      process.platform === 'linux'
        ? [...readStat(pid).split(' ').slice(1, 3), readFileSync(`/proc/${pid}/cmdline`, 'utf8')]
        : execFileSync('ps', ['-o', 'ppid=,pgid=,command=', '-p', `${pid}`], { encoding: 'utf8' })
            .trim()
            .split(/ +/);
    return [Number(parent), Number(group), command.join(' ')];
  } catch {
    return [];
  }
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
