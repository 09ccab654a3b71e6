/** Right and wrong answers to the exercises of stage 3. */
import { call, mistake, type Tries } from './tries';

export const stage3: Tries = {
  '3.1': {
    right: [],
    wrong: [
      mistake('all alike', /must be counted/, () => new Array(10).fill(6000)),
      mistake('the test set', /this is the test set/, () => [
        980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
      ]),
      mistake('0 left out', /Ten numbers are wanted, one a class; there are 9/, () =>
        new Array(9).fill(6000),
      ),
    ],
  },
  '3.2': {
    right: [],
    wrong: [
      mistake(
        'rows for columns',
        /exchanged/,
        call((i: number, r: number, c: number) => i * 784 + c * 28 + r),
      ),
      mistake(
        '28 pixels a picture',
        /only 28 numbers were skipped/,
        call((i: number, r: number, c: number) => i * 28 + r * 28 + c),
      ),
    ],
  },
};
