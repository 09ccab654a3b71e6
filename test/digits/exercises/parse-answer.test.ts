/** Answers of all forms: each form is accepted, or rejected with a specific reason. */
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { parseFunction } from '../../../lib/digits/exercises/judging/learner-code';
import * as models from '../../../lib/digits/exercises/judging/models';
import * as parse from '../../../lib/digits/exercises/judging/parse';
import { useDevice } from '../../../lib/digits/index';
import { messages } from '../../../lib/digits/language';

const { dense, flatten } = tf.layers;
type DenseOptions = Parameters<typeof dense>[0];

const relu = (units: number): DenseOptions => ({ units, activation: 'relu' });
const softmax = (units: number): DenseOptions => ({ units, activation: 'softmax' });

/** A stack of Dense layers on pictures of 28 × 28. */
const stack = (...layers: DenseOptions[]) =>
  tf.sequential({
    layers: [flatten({ inputShape: [28, 28] }), ...layers.map(options => dense(options))],
  });

const startingWith = (first: tf.layers.Layer) =>
  tf.sequential({ layers: [first, dense({ units: 10 })] });

const freed = tf.tensor1d([1]);

const twoOutputs = () => {
  const { inputs, outputs, layers } = stack(relu(4), softmax(10));
  return tf.model({ inputs, outputs: [...outputs, layers[1]?.output as tf.SymbolicTensor] });
};

const parseDigits = models.parseDigitModel;
const parsePair = (answer: unknown) => parse.parseFields(answer, ['model', 'index']);

/** Rejected answers by the name of the reason. */
const refused: Record<
  string,
  [parser: (answer: unknown) => unknown, answer: unknown, says: RegExp]
> = {
  none: [parse.parseNumber, undefined, /^NoAnswer: There is no answer yet\.$/],
  nan: [parse.parseNumber, Number.NaN, /The result is NaN/],
  stillTensor: [parse.parseNumber, tf.tensor1d([7, 8]), /still a tensor \(shape \[2\]\)/],
  listOfOne: [parse.parseNumber, Float32Array.of(5), /holds one, \[5\]\. Take it out with \[0\]/],
  textNumber: [parse.parseNumber, '7', /'7' is text, not a number/],
  noNumber: [parse.parseNumber, 5n, /should be a number, but it is 5n/],
  noList: [parse.parseArray, new Map([[1, 2]]), /list of numbers, but it is Map/],
  strangeItem: [parse.parseArray, [1, [true]], /and true is not a number/],
  noTensor: [parse.parseTensor, tf.buffer([2, 3]), /a JavaScript value, TensorBuffer/],
  freed: [parse.parseTensor, freed, /has been freed/],
  noFunction: [parse.parseCode, [1, 2], /should be a function, but it is \[1, 2\]/],
  missingFields: [parsePair, { other: 3 }, /model and index are missing/],
  noModel: [models.parseModel, [flatten()], /should be a model, but it is \[Flatten\]/],
  several: [models.parseModel, twoOutputs(), /a single input and a single output/],
  flatInput: [
    parseDigits,
    startingWith(dense({ units: 9, inputShape: [784] })),
    /Let Flatten come first/,
  ],
  otherInput: [
    parseDigits,
    startingWith(flatten({ inputShape: [28, 28, 1] })),
    /shape \[28,28,1\]/,
  ],
  noFlatten: [
    parseDigits,
    startingWith(dense({ units: 9, inputShape: [28, 28] })),
    /Without Flatten/,
  ],
  otherOutput: [parseDigits, stack(softmax(9)), /ten numbers.*\[9\]/],
  hiddenLayers: [models.parseNetwork, stack(softmax(10)), /has 0 hidden layers; it should have 2/],
};

describe('an answer', () => {
  before(async () => {
    await useDevice();
    freed.dispose();
  });

  for (const [name, [parser, answer, says]] of Object.entries(refused)) {
    it(`is refused with its reason: ${name}`, () => {
      assert.throws(
        () => parser(answer),
        (error: Error) => says.test(String(error)),
      );
    });
  }

  it('is refused for each reason that there is', () => {
    const { answers, models } = messages().exercises;
    const { nothingReturned: _, ...rest } = answers;
    const { none: __, ...valid } = models;
    assert.deepEqual(
      Object.keys(refused).sort(),
      [...Object.keys(rest), 'noModel', ...Object.keys(valid)].sort(),
    );
  });

  it('is taken in each form of numbers', () => {
    const forms = [[1, 2], Int8Array.of(1, 2), tf.tensor1d([1, 2]), [tf.scalar(1), 2]];
    for (const form of forms) assert.deepEqual(parse.parseArray(form), [1, 2]);
    assert.deepEqual(parse.parseArray([Uint8Array.of(1), tf.tensor1d([2])]), [[1], [2]]);
    const holes: number[] = [];
    holes[1] = 1;
    assert.throws(() => parse.parseArray(holes), /undefined is not a number/);
  });

  it('is awaited of a function, which must return something', async () => {
    const double = parseFunction(async (n: number) => 2 * n);
    assert.equal(await double(4), 8);
    await assert.rejects(parseFunction(() => [])(), /^NoAnswer: Your function returns /);
  });
});
