/** Processes that end together with the one that started them, also where that one is killed. */
import { execFileSync } from 'node:child_process';

/**
 * Returns a command that a signal ends when its parent ends. It is the command as it was where the
 * system lacks `setpriv`, which is on Linux alone.
 */
export function endsWithParent(command, signal = 'TERM') {
  if (process.platform !== 'linux') return command;
  const options = ['--pdeathsig', signal];
  try {
    execFileSync('setpriv', [...options, 'true'], { stdio: 'ignore' });
    return ['setpriv', ...options, ...command];
  } catch {
    return command;
  }
}
