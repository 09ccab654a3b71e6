import { computing, integer, wholeNumber } from '../judging/compare';
import { en } from './text.en';
import { zh } from './text.zh';

export const denseParameters = computing<[inputs: number, units: number], number, typeof en>({
  texts: { en, zh },
  draw: () => [
    [784, 128],
    [3, 7],
    [9, 4],
    [integer(5, 60), integer(5, 60)],
  ],
  right: (inputs, units) => inputs * units + units,
  wrong: {
    noBiases: (inputs, units) => inputs * units,
    biasPerInput: (inputs, units) => inputs * units + inputs,
    oneBias: (inputs, units) => inputs * units + 1,
    biasesForAll: (inputs, units) => inputs * units + inputs + units,
    added: (inputs, units) => inputs + units,
    lessonLayer: () => 784 * 128 + 128,
  },
  ...wholeNumber,
});
