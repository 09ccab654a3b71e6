import { computing, shuffled } from '../judging/compare';
import { formatValue } from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

const GPUS = ['RTX 4090', 'RTX 3060', 'H100', 'A100', 'V100', 'L4', 'T4', 'Arc A770'];

const names = (count: number) => shuffled(GPUS).slice(0, count);

export const deviceName = computing<[gpus: string[]], unknown, typeof en>({
  texts: { en, zh },
  cases: [[['RTX 4090']], [[]], [['T4', 'A100', 'L4']], [['V100', 'RTX 3060']]],
  draw: () => [[names(2)], [names(3)]],
  // Written as the learner would, an empty list too.
  named: (_, [gpus]) => `gpus = ${formatValue(gpus)}`,
  right: gpus => gpus[0] ?? 'CPU',
  wrong: {
    noDefault: gpus => gpus[0],
    alwaysCpu: () => 'CPU',
    last: gpus => gpus.at(-1) ?? 'CPU',
    onlyMany: gpus => (gpus.length > 1 ? gpus[0] : 'CPU'),
    second: gpus => gpus[1] ?? 'CPU',
    list: gpus => (gpus.length > 0 ? gpus : 'CPU'),
    word: gpus => (gpus.length > 0 ? 'GPU' : 'CPU'),
    exchanged: gpus => (gpus.length > 0 ? 'CPU' : gpus[0]),
    lowerCase: gpus => gpus[0] ?? 'cpu',
  },
  read: given => given,
  same: (a, b) => formatValue(a) === formatValue(b),
});
