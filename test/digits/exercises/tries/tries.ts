/** What learners try, and what the tests of the exercises make such answers from. */
import * as tf from '@tensorflow/tfjs';
import { evaluate, fit } from 'digits';
import mnist, { type ImageSet, type Images } from 'mnist-data-loader';
import { compiledModel } from '../../../support';

/** An answer that a learner may give. */
export interface Try {
  readonly what: string;
  /** Made from the answers of the notebook of solutions. */
  readonly answer: (solutions: ReadonlyMap<string, unknown>) => unknown;
}

/** A wrong one, and the reason that the learner is to be told. */
export interface TypicalMistake extends Try {
  readonly says: RegExp;
}

/** By exercise: right answers, each of another form, and wrong ones. */
export type Tries = Record<
  string,
  { readonly right: readonly Try[]; readonly wrong: readonly TypicalMistake[] }
>;

export const right = (what: string, answer: Try['answer']): Try => ({ what, answer });

export const mistake = (
  what: string,
  says: RegExp,
  answer: TypicalMistake['answer'],
): TypicalMistake => ({
  what,
  says,
  answer,
});

export type Call = (...values: never[]) => unknown;
export const call = (make: Call) => () => make;

export const network = (right: ReadonlyMap<string, unknown>) =>
  (right.get('10.2') as { network: tf.LayersModel }).network;

export type DenseOptions = Parameters<typeof tf.layers.dense>[0];

/** A stack of Dense layers on pictures of 28 × 28. */
export function stack(...layers: DenseOptions[]): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [28, 28] }));
  for (const layer of layers) model.add(tf.layers.dense(layer));
  return model;
}

export const relu = (units: number): DenseOptions => ({ units, activation: 'relu' });
export const softmax = (units: number): DenseOptions => ({ units, activation: 'softmax' });
export const tensorOf = ({ data, shape }: Images) => tf.tensor3d(data, shape, 'float32');
export const sum = (values: number[]) => values.reduce((a, b) => a + b);

/** Trains on the set that it is given, or on another one. */
export async function learnt(
  [[trainX, trainY], [testX, testY]]: ImageSet,
  { epochs = 2, result = 1 } = {},
): Promise<number | undefined> {
  const inputs = (images: Images) => tensorOf(images).div(255);
  const labels = (values: typeof trainY) => tf.tensor1d(values.data, 'int32');
  const model = compiledModel();
  if (epochs > 0) await fit(model, inputs(trainX), labels(trainY), { epochs, verbose: 0 });
  return (await evaluate(model, inputs(testX), labels(testY), { verbose: 0 }))[result];
}

export async function smallMnist(): Promise<ImageSet> {
  const [train, test] = await mnist.loadData();
  return [
    [train[0].slice(0, 3000), train[1].slice(0, 3000)],
    [test[0].slice(0, 1000), test[1].slice(0, 1000)],
  ];
}
