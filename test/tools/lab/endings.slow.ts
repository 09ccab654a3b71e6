/** Commands end with npm in whatever way it ends; `npm start` at more moments than `moments.system.ts` has. */
import { setTimeout as sleep } from 'node:timers/promises';
import { seed } from '../../seed';
import { until } from '../setup/support';
import { draw, Endings, PARTS, type Way, waysTo } from './endings';
import { CTRL_C, type NpmStart } from './npm-start';

describe('a command, told to end', function () {
  this.retries(1);
  const endings = new Endings();

  it(`npm start in each way, in its first three seconds; seed ${seed}`, () =>
    endings.endEach(PARTS.flatMap(waysTo)));

  it('npm start by SIGHUP to npm, or by Ctrl+C twice, while a kernel runs without end', async () => {
    for (const ways of [[['SIGHUP', 'npm']], Array(2).fill([CTRL_C, 'terminal'])] as Way[][]) {
      const opened = await endings.start(ways.length > 1);
      await endings.occupy(opened);
      await endings.ends(opened, ...ways);
    }
  });

  const begun = (said: RegExp) => (opened: NpmStart) => until(() => said.test(opened.output));
  const kernel = async (opened: NpmStart) => {
    await opened.connectionFile('');
    await sleep(Math.random() * 2_000);
  };
  const commands: [string[], (opened: NpmStart) => Promise<void>][] = [
    [['notebooks', 'solutions'], kernel],
    [['lesson'], kernel],
    [['site', '--', '--serve'], begun(/Ctrl\+C/)],
  ];
  for (const [command, ready] of commands) {
    it(`npm run ${command[0]}, as npm gets a signal; seed ${seed}`, async () => {
      const port = command[0] === 'site' ? await endings.at() : [];
      const opened = endings.run(...command, ...port);
      await ready(opened);
      await endings.ends(opened, draw(waysTo('npm')));
    });
  }
});
