/** `npm start` ends with npm, with its terminal and with JupyterLab; by Ctrl+C in open.system.ts, in all ways in endings.slow.ts. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { Endings, FREE } from './endings';

describe('npm start, told to end', function () {
  this.timeout(200_000);
  this.retries(1);
  const endings = new Endings();

  it('by SIGKILL to npm, at a moment of its first four seconds', () =>
    endings.endEach([['SIGKILL', 'npm']], { abreast: 1 }));

  it('by SIGKILL to the terminal while a kernel waits and another runs without end', async () => {
    const opened = endings.start(true);
    await endings.occupy(opened);
    await endings.ends(opened, ['SIGKILL', 'terminal']);
  });

  it('by nobody: it fails and names the doctor when JupyterLab ends by itself', async () => {
    const opened = endings.start(false);
    await opened.ready();
    opened.signalPart(/serve\.py/, 'SIGKILL');
    equal(await opened.ended, 1);
    match(opened.output, /JupyterLab stopped unexpectedly \(SIGKILL\).*npm run doctor/);
    deepEqual(await opened.leaves(FREE), []);
  });
});
