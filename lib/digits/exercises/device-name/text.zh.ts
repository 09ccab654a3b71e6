import { en } from './text.en';

export const zh: typeof en = {
  title: '没有 GPU 也能继续',
  task: [
    "`gpus` 是找到的 GPU 的名字，也可能是空列表。返回第一块 GPU 的名字；一块也没有时，返回 `'CPU'`。",
  ],
  starter: en.starter,
  hints: [
    '先想空列表：gpus.length 是 0 时，应当返回什么？',
    '“条件 ? 甲 : 乙”在条件成立时取甲，否则取乙：gpus.length > 0 ? gpus[0] : …',
  ],
  wrong: {
    noDefault: 'gpus[0] 在空列表里什么也取不到：原教程就停在这里。',
    alwaysCpu: '列表里有 GPU，却没有用上。',
    last: '这是列表里的最后一块，要的是第一块。',
    onlyMany: '只有一块 GPU 时，也要用它。',
    second: '位置从 0 数起，gpus[1] 是第二块。',
    list: '这是整个列表，要的是第一块 GPU 的名字。',
    word: "要的是这块 GPU 的名字，不是 'GPU' 这个词。",
    exchanged: '两种情况写反了。',
    lowerCase: "'CPU' 要大写。",
  },
  reward: '有 GPU 就用第一块，没有就用 CPU。没有 GPU 不算出错，程序应当能继续运行。',
  solution: en.solution,
};
