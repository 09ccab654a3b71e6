/** `npm start` ends with npm, with its terminal and with JupyterLab; by Ctrl+C in open.system.ts, in all ways in endings.slow.ts. */
import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Endings, FREE } from './endings';

describe('npm start, told to end', function () {
  this.timeout(200_000);
  this.retries(1);
  const endings = new Endings();

  it('by SIGKILL to npm, at a moment of its first four seconds; it starts again, and names the doctor when JupyterLab ends by itself', async () => {
    const first = endings.start(false);
    await first.begun();
    await sleep(4_000 * Math.random());
    await endings.ends(first, ['SIGKILL', 'npm']);
    const opened = endings.start(false);
    await opened.ready();
    doesNotMatch(opened.output, /is taken/);
    opened.signalPart(/serve\.py/, 'SIGKILL');
    equal(await opened.ended, 1);
    match(opened.output, /JupyterLab stopped unexpectedly \(SIGKILL\).*npm run doctor/);
    deepEqual(await opened.leaves(FREE), []);
  });

  it('by SIGKILL to the terminal while a kernel waits and another runs without end', async () => {
    const opened = endings.start(true);
    await endings.occupy(opened);
    await endings.ends(opened, ['SIGKILL', 'terminal']);
  });
});
