/** Processes that end together with the one that started them, also where that one is killed. */
import { execFileSync } from 'node:child_process';

/**
 * The words before a command that end it by a signal when its parent ends, where the system has
 * them: `setpriv` is on Linux alone.
 */
export function endsWithParent(signal = 'TERM') {
  if (process.platform !== 'linux') return [];
  const words = ['setpriv', '--pdeathsig', signal];
  try {
    execFileSync(words[0], [...words.slice(1), 'true'], { stdio: 'ignore' });
    return words;
  } catch {
    return [];
  }
}
