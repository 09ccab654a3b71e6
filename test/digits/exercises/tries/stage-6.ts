/** Right and wrong answers to the exercises of stage 6. */
import { call, mistake, relu, softmax, stack, type Tries } from './tries';

export const stage6: Tries = {
  '6.1': {
    right: [],
    wrong: [
      mistake(
        'no biases',
        /forgot the biases/,
        call((inputs: number, units: number) => inputs * units),
      ),
      mistake(
        'a bias an input',
        /not for each input/,
        call((inputs: number, units: number) => inputs * units + inputs),
      ),
    ],
  },
  '6.2': {
    right: [],
    wrong: [
      mistake('too wide', /not fewer than 101,770/, () => ({
        model: stack(relu(128), relu(64), softmax(10)),
        parameters: 109_386,
      })),
      mistake('weights alone', /106 biases are missing/, () => ({
        model: stack(relu(64), relu(32), softmax(10)),
        parameters: 784 * 64 + 64 * 32 + 32 * 10,
      })),
    ],
  },
};
