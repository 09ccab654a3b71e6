/** `npm start` ends when it is told to, in whatever way, and leaves nothing behind; endings.slow.ts has more. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { seed } from '../../seed';
import { draw, Endings, FREE, PARTS, type Way, waysTo } from './endings';
import { CTRL_C } from './npm-start';

describe('npm start, told to end', function () {
  this.timeout(200_000);
  this.retries(1);
  const endings = new Endings();

  it(`by Ctrl+C and by signals to npm and others, at moments of its first four seconds; seed ${seed}`, () =>
    endings.endEach([
      ...Array.from({ length: 2 }, (): Way => [CTRL_C, 'terminal']),
      ...PARTS.map(part => draw(waysTo(part))),
      ['SIGKILL', 'npm'],
    ]));

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
