/** Runs a program with compiled steps and with tfjs-layers' steps, and compares the logs. */
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { Session } from '../../../lib/tfjs-graph/native/session';
import { type Acceleration, setAcceleration } from '../../../lib/tfjs-graph/train/accelerate';
import { CompiledModule } from '../../../lib/tfjs-graph/wasm/compiled-module';
import { beginChance } from '../../seed';
import { reasonsOf } from './against-stock';
import { settledCounts } from './counts';

export type Data = tf.Tensor | tf.Tensor[] | Record<string, tf.Tensor>;

/** Options of `compile`, with a function that makes an optimizer for each model. */
export type Compile = Partial<Omit<tf.ModelCompileArgs, 'optimizer'>> & {
  readonly optimizer?: () => tf.Optimizer;
};

export interface Expected {
  /** The number of recordings; defaults to any but none. */
  readonly loads?: number;
  /** The reasons for tfjs-layers' own steps; defaults to none. */
  readonly said?: RegExp;
  readonly tolerance?: number;
}

export const dense = (units: number, options: object = {}) =>
  tf.layers.dense({ units, activation: 'tanh', ...options });

export const hidden = (options: object = {}) => dense(8, { inputShape: [6], ...options });
export const softmax = () => dense(4, { activation: 'softmax' });

/** An execution of a program with a log of the observable behaviour. */
export class Trial {
  readonly entries: unknown[] = [];
  readonly x = tf.randomUniform([30, 6], -1, 1, 'float32', 3);
  readonly y = tf.tidy(() => tf.randomUniform([30], 0, 4, 'int32', 5).toFloat());
  /** As many numbers. */
  readonly column = this.y.reshape([30, 1]);
  hasRefused = false;
  /** Leaked tensors. */
  left = 0;
  private readonly models: tf.LayersModel[] = [];

  log = (...values: unknown[]): void => void this.entries.push(values.map(snapshot));

  /** Builds a model with the same weights in each execution. */
  net(options: Compile = {}, layers: tf.layers.Layer[] = [hidden(), softmax()]): tf.Sequential {
    return this.compiled(tf.sequential({ layers }), options);
  }

  compiled<M extends tf.LayersModel>(model: M, options: Compile = {}): M {
    const weights = tf.tidy(() =>
      model.getWeights().map(({ shape }, i) => {
        // A variance is not negative.
        const least = shape.length === 1 ? 0.1 : -0.5;
        return tf.randomUniform(shape, least, 0.5, 'float32', i);
      }),
    );
    model.setWeights(weights);
    tf.dispose(weights);
    const { optimizer = () => tf.train.adam(0.01), ...given } = options;
    const loss = 'sparseCategoricalCrossentropy';
    model.compile({ optimizer: optimizer(), loss, metrics: ['accuracy'], ...given });
    this.models.push(model);
    return model;
  }

  async fit(
    model: tf.LayersModel,
    options: tf.ModelFitArgs = {},
    x: Data = this.x,
    y: Data = this.y,
  ): Promise<void> {
    const { epoch, history } = await model.fit(x, y, { ...COMMON, ...options });
    this.log('history', epoch, history);
  }

  /** Logs the error of a call. */
  async refused(work: () => unknown): Promise<void> {
    let error: unknown;
    try {
      await work();
    } catch (caught) {
      error = caught;
    }
    this.hasRefused = true;
    assert.ok(error instanceof Error, `expected an error but received ${error}`);
    this.log(error);
  }

  /** Returns callbacks that log the arguments and a weight of the model. */
  watch(model: tf.LayersModel, moments: readonly string[]): Record<string, () => void> {
    const logAs =
      (moment: string) =>
      (...given: unknown[]) => {
        this.log(moment, given, model.weights[0]?.read());
      };
    return Object.fromEntries(moments.map(moment => [moment, logAs(moment)]));
  }

  /** Logs the state of the models, and disposes of them. */
  async end(): Promise<void> {
    const models = this.models.filter(model => !isDisposed(model));
    for (const model of models) {
      const weights = await model.optimizer.getWeights();
      const state = weights.map(({ tensor }) => tensor);
      // Slots of zeros have the effect of none.
      const nonZero = state.filter(tensor => tensor.dataSync().some(value => value !== 0));
      this.log(
        'weights',
        model.weights.map(weight => weight.read()),
        nonZero,
      );
      state[0]?.dispose(); // The count of steps, made for the call.
      model.optimizer.dispose();
    }
    for (const model of models) {
      // tfjs-layers refuses to dispose of a shared layer twice.
      if (model.layers.some(isDisposed)) tf.dispose(model.layers.flatMap(undisposed));
      else model.dispose();
    }
    tf.dispose([this.x, this.y, this.column]);
  }
}

/** The count of references of a layer, such as a model, ends at 0. */
const isDisposed = (layer: tf.layers.Layer) =>
  (layer as unknown as { readonly _refCount: number })._refCount === 0;

const undisposed = (layer: tf.layers.Layer): tf.Tensor[] =>
  isDisposed(layer) ? [] : layer.weights.map(weight => weight.read());

export type Program = (trial: Trial) => Promise<unknown>;

const COMMON = { batchSize: 7, epochs: 2, shuffle: false, verbose: 0 } as const;
export const EPOCH_MOMENTS = ['onTrainBegin', 'onEpochBegin', 'onEpochEnd', 'onTrainEnd'];
export const MOMENTS = [...EPOCH_MOMENTS, 'onBatchBegin', 'onBatchEnd'];

/** Converts a value to nested arrays, with the order of keys and the types of values. */
function snapshot(value: unknown): unknown {
  if (value instanceof tf.Tensor) {
    if (value.isDisposed) return 'disposed tensor';
    return [`${value.dtype} [${value.shape}]`, ...value.dataSync()];
  }
  // Names of layers are numbered over all models.
  if (value instanceof Error) return [value.name, value.message.replace(/(_[A-Z]\w*?)\d+/g, '$1')];
  if (Array.isArray(value)) return value.map(snapshot);
  if (typeof value === 'object' && value) return Object.entries(value).map(snapshot);
  return value;
}

function assertSame(ours: unknown, stock: unknown, tolerance: number, path: string): void {
  if (Array.isArray(ours) && Array.isArray(stock)) {
    const lengths = `${path}: ${JSON.stringify(ours)}, stock ${JSON.stringify(stock)}`;
    assert.equal(ours.length, stock.length, lengths.slice(0, 1000));
    ours.forEach((value, i) => {
      const name = typeof value === 'object' ? '' : ` of ${ours[0]}`;
      assertSame(value, stock[i], tolerance, `${path}.${i}${name}`);
    });
    return;
  }
  const isClose =
    typeof ours === 'number' &&
    typeof stock === 'number' &&
    Math.abs(ours - stock) <= tolerance * Math.max(1, Math.abs(stock));
  if (!isClose) assert.equal(ours, stock, path);
}

async function execute(program: Program, acceleration: Acceleration): Promise<Trial> {
  setAcceleration(acceleration);
  beginChance('program');
  const tensorsBefore = tf.memory().numTensors;
  const trial = new Trial();
  try {
    await program(trial);
    await trial.end();
  } finally {
    setAcceleration('all');
  }
  trial.left = tf.memory().numTensors - tensorsBefore;
  return trial;
}

/** Counts the recordings that are loaded, on either engine. */
export async function loadsOf(work: () => Promise<unknown>): Promise<number> {
  const spies = [mock.method(Session, 'load'), mock.method(CompiledModule.prototype, 'load')];
  try {
    await work();
    return spies.reduce((sum, spy) => sum + spy.mock.callCount(), 0);
  } finally {
    for (const spy of spies) spy.mock.restore();
  }
}

/** Asserts that a program logs the same by compiled steps as by tfjs-layers' own, and leaves no more tensors. */
export async function assertAsStock(
  program: Program,
  { loads, said, tolerance = 1e-5 }: Expected = {},
): Promise<void> {
  const stock = await execute(program, 'none');
  let ours = stock;
  let reasons = '';
  const count = await loadsOf(async () => {
    reasons = await reasonsOf(async () => {
      ours = await execute(program, 'all');
    });
  });
  assertSame(ours.entries, stock.entries, tolerance, 'log');
  assert.match(reasons, said ?? /^$/);
  if (loads !== undefined) assert.equal(count, loads, 'recordings');
  else assert.ok(count > 0 || said || ours.hasRefused, 'nothing was recorded');
  const isFlat = () => ours.left <= stock.left;
  for (let tries = 0; tries < 3 && !isFlat(); tries++) {
    // Finalizers of other tests' tensors may have run meanwhile.
    await settledCounts();
    stock.left = (await execute(program, 'none')).left;
    await settledCounts();
    ours.left = (await execute(program, 'all')).left;
  }
  assert.ok(isFlat(), `tensors are left behind: ${ours.left}, by tfjs-layers ${stock.left}`);
}
