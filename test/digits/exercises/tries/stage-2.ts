/** Right and wrong answers to the exercises of stage 2. */
import { call, mistake, type Tries } from './tries';

export const stage2: Tries = {
  '2.1': {
    right: [],
    wrong: [
      mistake(
        'the first of an empty list',
        /gpus\[0\] finds nothing/,
        call((gpus: string[]) => gpus[0]),
      ),
      mistake(
        'an error for an empty list',
        /For an empty list 'CPU' is wanted/,
        call(([gpu]: [string]) => gpu.trim()),
      ),
      mistake('always the CPU', /still your function says 'CPU'/, () => () => 'CPU'),
      mistake(
        'the last one',
        /the first is wanted/,
        call((gpus: string[]) => gpus.at(-1) ?? 'CPU'),
      ),
    ],
  },
  '2.2': {
    right: [],
    wrong: [
      mistake('the size of the result', /how many numbers the result has/, () =>
        [64, 256, 1024].map(n => ({ n, products: n ** 2, ms: 1 })),
      ),
      mistake('start minus end', /wrong way round/, () =>
        [64, 256, 1024].map(n => ({ n, products: n ** 3, ms: -1 })),
      ),
      mistake('nothing between start and end', /not timed/, () =>
        [64, 256, 1024].map(n => ({ n, products: n ** 3, ms: 0 })),
      ),
    ],
  },
};
