import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import { NotRecordableError } from '../../errors';
import type { TensorId } from '../../graph/backend';
import { preservingVariables } from '../../graph/recording';
import { kindOf } from '../../graph/tape/tape';
import { type RecordedStep, recordSteps } from '../recorded/record-step';
import { meansOver } from '../steps';
import {
  type Call,
  type InnerModel,
  type Part,
  type StepValues,
  type Trainer,
  type TrainerInput,
  trainableWeights,
} from '../trainer';
import { add, load, mul, type Value } from './expression';
import { normal, uniform } from './functions';
import { Builder, expressionOf, fixed, type Placed, type Step, sizeOf, type Tensor } from './ir';
import { lower } from './lower';
import { Memory } from './memory';
import { loadPrograms } from './program';
import { kernelRecorder } from './record-kernels';
import { copyRows, samplesPlace } from './samples';
import { addUpdate } from './updates';

/** What a step is given and gives, in memory. */
interface Program {
  readonly batchSize: number;
  readonly trains: boolean;
  /** Columns of the data, and where their samples of a batch go. */
  readonly inputs: readonly (readonly [tf.Tensor, Placed])[];
  readonly steps: readonly Step[];
  readonly values: Value;
}

/** A variable in memory, and the data that it had when it was last read or written. */
interface Held {
  readonly place: Placed;
  dataId?: tf.DataId;
  isChanged?: boolean;
}

/**
 * Takes a stock step of tfjs-layers, forward, loss, metrics, gradients and update, recorded and compiled to
 * WebAssembly of our own, with the weights in a memory of its own.
 */
export class WasmTrainer implements Trainer {
  private readonly memory = new Memory();
  private readonly held = new Map<tf.Variable, Held>();
  private readonly scalars: Placed;
  /** The random bits of a step. */
  private readonly seed: Placed;
  private readonly programs: readonly (Program & { readonly run: () => void })[];

  /**
   * The engine has a kernel for each operation: see `registerMissingKernels`.
   *
   * @throws NotRecordableError for a model that it cannot train.
   */
  constructor(private readonly given: TrainerInput) {
    const { model, optimizer } = given;
    if (!optimizer.fused) makeSlots(model);
    this.scalars = this.place([optimizer.scalarCount]);
    this.seed = this.place([]);
    const programs = recordSteps(kernelRecorder, given).map(
      ({ step, columns, batchSize, trains }) => ({
        ...{ ...this.programOf(step, columns), batchSize, trains },
      }),
    );
    const steps = programs.map(program => program.steps);
    const runs = loadPrograms(this.memory, steps);
    this.programs = programs.map((program, i) => ({ ...program, run: at(runs, i) }));
  }

  /** Makes a tensor of zeros that stays where it is. */
  private place(shape: readonly number[]): Placed {
    const tensor = fixed(shape);
    this.memory.place(tensor.access.value);
    return tensor;
  }

  private hold(variable: tf.Variable, isChanged = false): Placed {
    const held = this.held.get(variable) ?? { place: this.place(variable.shape) };
    if (isChanged) held.isChanged = true;
    this.held.set(variable, held);
    return held.place;
  }

  private programOf(
    { tape, sources, drawn, assigned, updates }: RecordedStep,
    columns: readonly tf.Tensor[],
  ) {
    const builder = new Builder();
    const given = new Map<TensorId, Tensor>();
    const inputs: [tf.Tensor, Placed][] = [];
    const { scalars } = this;
    for (const [id, source] of sources) {
      const { shape } = kindOf(tape.kinds, id);
      if ('variable' in source) {
        given.set(id, this.hold(source.variable));
        continue;
      }
      const { input } = source;
      if ('column' in input) {
        const column = at(columns, input.column);
        const place = samplesPlace(column, shape);
        inputs.push([column, place]);
        given.set(id, place);
      } else {
        const own = load({ ...scalars.access, offset: input.scalar, strides: [] });
        const signed = builder.map([], () => mul(own, input.sign), 'float32', []);
        given.set(id, signed);
      }
    }
    for (const { id, shape, op, scale, shift } of drawn) {
      const numbers = this.draw(builder, op, shape);
      given.set(
        id,
        builder.map([numbers], x => add(mul(x, scale), shift)),
      );
    }
    const find = lower(tape, given, builder);
    const values = find(at(tape.outputs, 0));
    const out = this.place(values.shape);
    builder.loop(values.shape, [{ access: out.access, of: expressionOf(values) }]);
    for (const [variable, id] of assigned) {
      const { shape, access } = this.hold(variable, true);
      builder.loop(shape, [{ access: { ...access }, of: expressionOf(find(id)) }]);
    }
    const { fused } = this.given.optimizer;
    for (const { variable, slots, gradient } of fused ? updates : []) {
      const [weight, ...kept] = [variable, ...slots].map(each => this.hold(each, true));
      const slope = find(gradient as TensorId);
      addUpdate(builder, fused?.wasm ?? 'descend', [weight as Placed, ...kept], slope, scalars);
    }
    return { inputs, steps: builder.steps, values: out.access.value };
  }

  /** Draws numbers of a standard distribution, by its op in TensorFlow. */
  private draw(builder: Builder, op: string, shape: readonly number[]): Tensor {
    const draw = () => {
      const bits = Uint32Array.from({ length: sizeOf(shape) }, () => Math.random() * 2 ** 32);
      const own = fixed(shape, new Float32Array(bits.buffer));
      return builder.map([own, this.seed], uniform);
    };
    if (op === 'RandomUniform') return draw();
    if (op !== 'RandomStandardNormal')
      throw new NotRecordableError({ code: 'operation', operation: op });
    return builder.map([draw(), draw()], normal);
  }

  train(call: Call): StepValues[] {
    const numbers = this.given.optimizer.nextScalars();
    this.memory.floats(this.scalars.access.value).set(numbers);
    return [this.run(call, true)];
  }

  validate(part: Part): StepValues {
    return meansOver(part, this.given.batchSize, 1, call => [this.run(call, false)]);
  }

  private run({ rows, batchSize }: Call, trains: boolean): StepValues {
    const program = this.programs.find(
      each => each.batchSize === batchSize && each.trains === trains,
    );
    if (!program) throw new RangeError(`Expected a planned batch size but received ${batchSize}`);
    for (const [column, place] of program.inputs) copyRows(column, rows, place, this.memory);
    this.memory.words(this.seed.access.value)[0] = Math.random() * 2 ** 32;
    program.run();
    return [...this.memory.floats(program.values)];
  }

  push(): void {
    for (const [variable, held] of this.held) {
      const { dataId } = variable;
      if (dataId === held.dataId) continue;
      this.memory.floats(held.place.access.value).set(variable.dataSync());
      held.dataId = dataId;
    }
  }

  pull(): void {
    for (const [variable, held] of this.held) {
      if (!held.isChanged) continue;
      const numbers = this.memory.floats(held.place.access.value).slice();
      tf.tidy(() => variable.assign(tf.tensor(numbers, variable.shape, variable.dtype)));
      held.dataId = variable.dataId;
    }
    this.given.optimizer.save();
  }
}

/** Lets an optimizer make what it keeps for each weight: a recording computes nothing. */
function makeSlots(model: InnerModel): void {
  const gradients = trainableWeights(model).map(weight => ({
    name: weight.name,
    tensor: tf.zerosLike(weight),
  }));
  preservingVariables(() => model.optimizer.applyGradients(gradients));
  tf.dispose(gradients.map(({ tensor }) => tensor));
}
