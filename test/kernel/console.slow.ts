/** `jupyter console` on the kernel, in a terminal. */
import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import { told } from './python';

describe('Jupyter’s console', () => {
  it('evaluates, completes, recalls, shows errors, breaks a loop off, and ends', async function () {
    if (process.platform === 'win32') this.skip(); // No terminals are there.
    const steps = await told<[step: string, came: boolean, seen: string]>(
      join(__dirname, 'console.py'),
    );
    deepEqual(
      steps.filter(([, came]) => !came),
      [],
    );
    equal(steps.at(-1)?.[0], 'ends');
  });
});
