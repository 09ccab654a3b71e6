import type * as tf from '@tensorflow/tfjs';
import { InputError, type NotRecordableError } from '../errors';
import type { Callbacks } from './callbacks';
import type { YieldEvery } from './event-loop';
import type { NamedTensors } from './trainer';

/** The weight of a sample of each class, by the numbers of the classes. */
export type ClassWeight = Readonly<Record<number, number>>;

/** Weights of classes, for one output or for each of several. */
export type ClassWeights =
  | ClassWeight
  | readonly (ClassWeight | null | undefined)[]
  | Readonly<Record<string, ClassWeight>>;

/** Options of {@link fit}: all that `model.fit` takes, of which null means as much as nothing, and more. */
export interface FitOptions {
  /** Samples a step; defaults to 32. */
  readonly batchSize?: number | null | undefined;
  /** The epoch before which training ends, counted from 0; defaults to 1. */
  readonly epochs?: number | null | undefined;
  /** The first epoch, counted from 0, of a training that is resumed. */
  readonly initialEpoch?: number | null | undefined;
  /**
   * 0 prints nothing, 1 and 2 a line at the end of each epoch. Defaults to 1 where `model.fit` shows its
   * progress, that is with `@tensorflow/tfjs-node`; else to 0.
   */
  readonly verbose?: 0 | 1 | 2 | null | undefined;
  /** Share of the samples, from 0 to less than 1, taken from the end, for validation. */
  readonly validationSplit?: number | null | undefined;
  /** Samples and labels for validation, in place of `validationSplit`. */
  readonly validationData?: readonly [NamedTensors, NamedTensors] | null | undefined;
  /** Whether to draw the samples in a new order each epoch; defaults to true. */
  readonly shuffle?: boolean | null | undefined;
  /**
   * How much a sample of each class counts; a class that is not named counts 1. Of several outputs, one
   * for each of them, in an array or by the names of the outputs.
   */
  readonly classWeight?: ClassWeights | null | undefined;
  /** Refused, as by tfjs-layers. */
  readonly sampleWeight?: null | undefined;
  /**
   * Called as training goes on, as by tfjs-layers. Where one looks at single steps, each step is
   * handed over alone, and the model has its weights, which the callback may change. An object that only reads
   * the weights now and then names those steps in `weightsAt`, counted from 1 on over all epochs, and lets
   * steps be taken together.
   */
  readonly callbacks?: Callbacks | readonly Callbacks[] | null | undefined;
  /**
   * When timers, messages and the page have their turn: after each step (which is then handed over
   * alone), after each epoch, never, or after steps that have taken so many milliseconds. Defaults to
   * `'auto'`, 125 ms.
   */
  readonly yieldEvery?: YieldEvery | null | undefined;
  /** Refused, as by tfjs-layers. */
  readonly stepsPerEpoch?: number | null | undefined;
  /** Refused, as by tfjs-layers. */
  readonly validationSteps?: number | null | undefined;
  /**
   * Called before the callbacks, and of several steps at once, when these are done: for what shows
   * how training goes, and leaves the weights alone.
   */
  readonly observers?: readonly tf.Callback[] | undefined;
  /** Ends training after the steps at hand. */
  readonly signal?: AbortSignal | undefined;
  /** The parts of a large product that are computed side by side; defaults to one a core. */
  readonly parts?: number | undefined;
  /** Told why tfjs-layers' own steps are taken, which are slower. */
  readonly onFallback?: ((why: NotRecordableError) => void) | undefined;
}

/**
 * Refuses what cannot be honoured, as a plain JavaScript program may give it.
 *
 * @throws InputError that names the option, says what it may be, and what it was.
 */
export function checkOptions(options: FitOptions): void {
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null) continue;
    if (!Object.hasOwn(ALLOWED, name)) {
      throw new InputError({ code: 'option-name', name, known: Object.keys(ALLOWED) });
    }
    const [expected, isRight] = ALLOWED[name as keyof FitOptions];
    if (!isRight(value)) {
      throw new InputError({ code: 'option-value', name, expected, received: shown(value) });
    }
  }
}

/** The values that an option may have: in English, and as a test. */
type Allowed = readonly [expected: string, isRight: (value: unknown) => boolean];

const whole = (least: number): Allowed => [
  `a whole number from ${least} on`,
  value => Number.isInteger(value) && Number(value) >= least,
];

const NO_STEPS: Allowed = ['left out: an epoch takes every sample once', () => false];
const NO_WEIGHTS: Allowed = ['left out: classWeight says how much samples count', () => false];

/** Checked elsewhere, or by TypeScript alone. */
const ANYTHING: Allowed = ['anything', () => true];

/** Every option, in the order in which an error lists them. */
const ALLOWED: Record<keyof FitOptions, Allowed> = {
  batchSize: whole(1),
  epochs: whole(0),
  initialEpoch: whole(0),
  verbose: ['0, 1 or 2', value => [0, 1, 2].includes(value as number)],
  validationSplit: [
    'a number from 0 to less than 1',
    value => typeof value === 'number' && value >= 0 && value < 1,
  ],
  validationData: ['[x, y]', value => Array.isArray(value) && [0, 2].includes(value.length)],
  shuffle: ['true or false', value => typeof value === 'boolean'],
  classWeight: ['an object or an array of objects', value => typeof value === 'object'],
  sampleWeight: NO_WEIGHTS,
  callbacks: ['a callback, functions by their names, or an array', isObjects],
  yieldEvery: [
    "'auto', 'batch', 'epoch', 'never' or a number of milliseconds",
    value => ['auto', 'batch', 'epoch', 'never'].includes(value as string) || Number(value) >= 0,
  ],
  stepsPerEpoch: NO_STEPS,
  validationSteps: NO_STEPS,
  observers: ANYTHING,
  signal: ANYTHING,
  parts: ANYTHING,
  onFallback: ANYTHING,
};

function isObjects(value: unknown): boolean {
  return [value].flat().every(each => typeof each === 'object' && each !== null);
}

/** Writes a value in short, as code would. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
