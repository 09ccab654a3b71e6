/**
 * Commands end together with all child processes, whichever process receives the signal; open.system.ts presses
 * Ctrl+C.
 */
import { deepEqual, equal, match } from 'node:assert/strict';
import { join } from 'node:path';
import { readNotebook } from '../../lib/publish/notebook';
import { languages, notebookFolder } from '../../lib/publish/source';
import { classroomFolder, ordinary } from '../class/classroom/hub';
import { seed } from '../seed';
import { type Command, draw, Endings, FREE, PARTS, START, type Way, waysTo } from './endings';
import { CTRL_C } from './npm-start';

describe('a command, told to end', function () {
  this.retries(1);
  const endings = new Endings();
  const byTerminal: Way = [CTRL_C, 'terminal'];

  it(`npm start in each way, in its first four seconds, and starts again; seed ${seed}`, () =>
    endings.endEach([...PARTS.flatMap(waysTo), byTerminal, byTerminal], { each: true }));

  it('npm start by SIGHUP to npm, Ctrl+C twice, or SIGKILL to the terminal, while a kernel runs without end', async () => {
    const ways: Way[][] = [
      [['SIGHUP', 'npm']],
      [byTerminal, byTerminal],
      [['SIGKILL', 'terminal']],
    ];
    for (const [i, each] of ways.entries()) {
      const opened = endings.start(i > 0);
      await endings.occupy(opened);
      await endings.ends(opened, ...each);
    }
  });

  it('npm start names the doctor when JupyterLab ends by itself', async () => {
    const opened = endings.start(false);
    await opened.ready();
    opened.signalPart(/serve\.py/, 'SIGKILL');
    equal(await opened.ended, 1);
    match(opened.output, /JupyterLab stopped unexpectedly \(SIGKILL\).*npm run doctor/);
    deepEqual(await opened.leaves(FREE), []);
  });

  const runs = { listens: false, works: /^✔ /m, within: 6_000 };
  const commands: Record<string, Command> = {
    lesson: { ...runs, command: ['run', 'lesson', '--', '--lang', 'en'] },
    notebooks: { ...runs, command: ['run', 'notebooks', 'solutions'] },
    site: { ...START, command: ['run', 'site', '--', '--serve', '--lang', 'en'], within: 20_000 },
  };
  for (const [name, command] of Object.entries(commands)) {
    it(`npm run ${name} in drawn ways, and starts again; seed ${seed}`, async () => {
      const parts = PARTS.filter(part => name !== 'site' || part !== 'program');
      const ways = parts.map(part => draw(waysTo(part)));
      await endings.endEach([...ways, ['SIGKILL', 'node'], byTerminal], { command, abreast: 1 });
      for (const language of languages)
        await readNotebook(join(notebookFolder, `solutions.${language}.ipynb`));
    });
  }

  it(`npm run classroom in drawn ways, and starts again; seed ${seed}`, async () => {
    const folder = await classroomFolder();
    const command: Command = {
      ...START,
      command: ['run', 'classroom', '--', '--lang', 'en', '--folder', folder],
      under: ordinary,
      env: { HOME: folder },
      within: 8_000,
    };
    // Of a hub that was killed, the servers go on.
    const parts = PARTS.filter(part => part !== 'program').map(part => draw(waysTo(part)));
    const ways: Way[] = [...parts, ['SIGTERM', 'program'], byTerminal];
    await endings.endEach(ways, { command, abreast: 1 });
  });
});
