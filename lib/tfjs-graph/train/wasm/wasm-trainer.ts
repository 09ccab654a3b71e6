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
import { log } from './functions';
import {
  type Access,
  add,
  Builder,
  type Expression,
  expressionOf,
  fixed,
  load,
  mul,
  type Placed,
  type Step,
  sizeOf,
  sqrt,
  sub,
  type Tensor,
  unary,
  type Value,
} from './ir';
import { lower } from './lower';
import { Memory } from './memory';
import { loadPrograms } from './program';
import { kernelRecorder } from './record-kernels';
import { type Copy, copyOf } from './samples';
import { addUpdate } from './updates';

/** What a step is given and gives, in memory. */
interface Program {
  readonly batchSize: number;
  readonly trains: boolean;
  /** Where the samples of a batch go, by the columns of the data. */
  readonly inputs: ReadonlyMap<number, Value>;
  readonly copies: readonly Copy[];
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
    const copies = new Map<readonly tf.Tensor[], Copy[]>();
    const programs = recordSteps(kernelRecorder, given).map(
      ({ step, columns, batchSize, trains }) => {
        const own = copies.get(columns) ?? columns.map(column => copyOf(column, this.memory));
        copies.set(columns, own);
        return { ...this.programOf(step, batchSize), batchSize, trains, copies: own };
      },
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

  private programOf({ tape, sources, drawn, assigned, updates }: RecordedStep, batchSize: number) {
    const builder = new Builder();
    const given = new Map<TensorId, Tensor>();
    const inputs = new Map<number, Value>();
    const { scalars } = this;
    for (const [id, source] of sources) {
      const { shape } = kindOf(tape.kinds, id);
      if ('variable' in source) {
        given.set(id, this.hold(source.variable));
        continue;
      }
      const { input } = source;
      if ('column' in input) {
        const place = this.place(shape);
        inputs.set(input.column, place.access.value);
        given.set(id, place);
      } else {
        const own = load({ ...scalars.access, offset: input.scalar, strides: [] });
        const signed = builder.map([], () => mul(own, input.sign), 'float32', []);
        given.set(id, signed);
      }
    }
    const state = drawn.length > 0 ? this.randomState() : undefined;
    for (const { id, shape, op, scale, shift } of state ? drawn : []) {
      const numbers = this.draw(builder, op, shape, state as Access);
      const scaled = (x: Expression) => add(mul(x, scale), shift);
      given.set(id, scale === 1 && shift === 0 ? numbers : builder.map([numbers], scaled));
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
    return { inputs, steps: builder.steps, values: out.access.value, batchSize };
  }

  /** Makes what random numbers come from, other ones in each training. */
  private randomState(): Access {
    const { access } = this.place([4]);
    const start = Array.from({ length: 4 }, () => Math.floor(Math.random() * 2 ** 31) + 1);
    this.memory.words(access.value.address ?? 0, 4).set(start);
    return access;
  }

  /** Draws numbers of a standard distribution, by its op in TensorFlow. */
  private draw(builder: Builder, op: string, shape: readonly number[], state: Access): Tensor {
    const uniform = () => {
      const numbers = builder.make(shape);
      const bytes = Math.ceil(sizeOf(shape) / 4) * 16;
      builder.call('draw', [bytes, numbers.access, state], [state], numbers.access);
      return numbers;
    };
    if (op === 'RandomUniform') return uniform();
    if (op !== 'RandomStandardNormal')
      throw new NotRecordableError({ code: 'operation', operation: op });
    // Box and Muller's; no logarithm is that of 0.
    return builder.map([uniform(), uniform()], (u, v) => {
      const radius = sqrt(mul(log(sub(1, u)), -2));
      return mul(radius, unary('cos', mul(v, 2 * Math.PI)));
    });
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
    for (const [column, value] of program.inputs) at(program.copies, column)(rows, value);
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
