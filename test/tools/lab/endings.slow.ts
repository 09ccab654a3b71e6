/** Commands end with npm in whatever way it ends: each signal, each of its processes, each command. */

import { setTimeout as sleep } from 'node:timers/promises';
import { seed } from '../../seed';
import { until } from '../setup/support';
import { draw, Endings, PARTS, type Way, waysTo } from './endings';
import { CTRL_C, type NpmStart } from './npm-start';

const EACH = PARTS.flatMap(waysTo);

describe('npm start, told to end in each way', function () {
  this.retries(1);
  const endings = new Endings();

  it(`at moments of its first three seconds; seed ${seed}`, () => endings.endEach(EACH));

  const busy: Way[] = [
    [CTRL_C, 'terminal'],
    ['SIGKILL', 'sh'],
    ['SIGKILL', 'node'],
    ['SIGQUIT', 'group'],
  ];
  for (const way of busy) {
    const [signal, to] = way;
    it(`while kernels run: ${signal === CTRL_C ? 'Ctrl+C' : `${signal} to ${to}`}`, async () => {
      const opened = await endings.start(to === 'terminal');
      await endings.occupy(opened);
      await endings.ends(opened, way);
    });
  }
});

describe('another command, told to end', function () {
  this.retries(1);
  const endings = new Endings();

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
