import { InputError } from '../errors';
import type { InnerModel } from './trainer';

/** The weight of a sample of each class, by the numbers of the classes. */
export type ClassWeight = Readonly<Record<number, number>>;

/** Weights of classes, for one output or for each of several. */
export type ClassWeights =
  | ClassWeight
  | readonly (ClassWeight | null | undefined)[]
  | Readonly<Record<string, ClassWeight>>;

/**
 * Returns the weights of all classes of each output, as tfjs-layers wants them: a class, or an output,
 * that was not named counts 1, as in Keras.
 *
 * @throws InputError if a model has several outputs, and it is not said whose weights they are.
 */
export function classWeightsOf(
  { outputs, outputNames }: Pick<InnerModel, 'outputs' | 'outputNames'>,
  given: ClassWeights | null | undefined,
): ClassWeight[] | null {
  if (!given) return null;
  const each = byOutput(given, outputNames);
  if (!each) {
    const expected = `weights for each of the outputs ${outputNames.join(', ')}`;
    const received = JSON.stringify(given);
    throw new InputError({ code: 'option-value', name: 'classWeight', expected, received });
  }
  return outputs.map(({ shape }, i) => {
    const classes = Math.max(2, shape.at(-1) ?? 0);
    const ones = Object.fromEntries(Array.from({ length: classes }, (_, c) => [c, 1]));
    return { ...ones, ...each[i] };
  });
}

type ByOutput = readonly (ClassWeight | null | undefined)[];

function byOutput(given: ClassWeights, names: readonly string[]): ByOutput | undefined {
  if (Array.isArray(given)) return given.length === names.length ? given : undefined;
  const named = given as Readonly<Record<string, ClassWeight>>;
  const keys = Object.keys(named);
  if (keys.length > 0 && keys.every(key => names.includes(key))) return names.map(n => named[n]);
  return names.length === 1 ? [given as ClassWeight] : undefined;
}
