/** Configuration: a device that may be absent, and how long a product takes. */
import { itemAt } from '../item-at';
import { computing } from './compare';
import { distinct } from './drawn';
import { shown } from './shown';
import { timing } from './timing';

const GPUS = ['RTX 4090', 'RTX 3060', 'H100', 'A100', 'V100', 'L4', 'T4', 'Arc A770'];

const names = (count: number) =>
  distinct(count, 0, GPUS.length - 1).map(place => itemAt(GPUS, place));

const deviceName = computing<[gpus: string[]], unknown>({
  id: '2.1',
  cases: [[['RTX 4090']], [[]], [['T4', 'A100', 'L4']], [['V100', 'RTX 3060']]],
  draw: () => [[names(2)], [names(3)]],
  named: gpus => ({ zh: shownNames(gpus), en: shownNames(gpus) }),
  right: gpus => gpus[0] ?? 'CPU',
  wrong: [
    {
      of: gpus => gpus[0],
      zh: 'gpus[0] 在空列表里什么也取不到：原教程就停在这里。',
      en: 'gpus[0] finds nothing in an empty list: this is where the original tutorial stops.',
    },
    {
      of: () => 'CPU',
      zh: '列表里有 GPU，却没有用上。',
      en: 'There is a GPU in the list, but it is not used.',
    },
    {
      of: gpus => gpus.at(-1) ?? 'CPU',
      zh: '这是列表里的最后一块，要的是第一块。',
      en: 'That is the last GPU of the list; it should be the first.',
    },
    {
      of: gpus => (gpus.length > 1 ? gpus[0] : 'CPU'),
      zh: '只有一块 GPU 时，也要用它。',
      en: 'A single GPU should be used, too.',
    },
    {
      of: gpus => gpus[1] ?? 'CPU',
      zh: '位置从 0 数起，gpus[1] 是第二块。',
      en: 'Places count from 0: gpus[1] is the second GPU.',
    },
    {
      of: gpus => (gpus.length > 0 ? gpus : 'CPU'),
      zh: '这是整个列表，要的是第一块 GPU 的名字。',
      en: 'That is the whole list; it should be the name of the first GPU.',
    },
    {
      of: gpus => (gpus.length > 0 ? 'GPU' : 'CPU'),
      zh: "要的是这块 GPU 的名字，不是 'GPU' 这个词。",
      en: "It should be the name of the GPU, not the word 'GPU'.",
    },
    {
      of: gpus => (gpus.length > 0 ? 'CPU' : gpus[0]),
      zh: '两种情况写反了。',
      en: 'The two cases are the wrong way round.',
    },
    {
      of: gpus => gpus[0] ?? 'cpu',
      zh: "'CPU' 要大写。",
      en: "Write 'CPU' in capital letters.",
    },
  ],
  read: given => given,
  same: (a, b) => shown(a) === shown(b),

  praise: {
    zh: '有 GPU 就用第一块，没有就用 CPU。没有 GPU 不算出错，程序应当能继续运行。',
    en: 'The first GPU if there is one, and otherwise the CPU. Having no GPU is not an error: the program should carry on.',
  },
  hints: [
    {
      zh: '先想空列表：gpus.length 是 0 时，应当返回什么？',
      en: 'Think of the empty list first: what should the function return when gpus.length is 0?',
    },
    {
      zh: '“条件 ? 甲 : 乙”在条件成立时取甲，否则取乙：gpus.length > 0 ? gpus[0] : …',
      en: 'condition ? a : b gives a if the condition holds, and b otherwise: gpus.length > 0 ? gpus[0] : …',
    },
  ],
});

/** Writes a list as the learner would, an empty one too. */
const shownNames = (gpus: readonly string[]) => `gpus = ${shown(gpus)}`;

export const stage2 = [deviceName, timing];
