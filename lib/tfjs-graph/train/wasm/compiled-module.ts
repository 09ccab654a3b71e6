import * as tf from '@tensorflow/tfjs';
import { at } from '../../array';
import type { TensorId } from '../../graph/backend';
import type { RecordedFunction } from '../../graph/module';
import type { Drawn } from '../../graph/random';
import { DTYPES, kindOf } from '../../graph/tape/tape';
import { add, type Expression, mul } from './expression';
import { normal, truncatedNormal, uniform } from './functions';
import { Builder, fixed, isPlaced, type Placed, sizeOf, type Tensor } from './ir';
import { lower } from './lower';
import { Memory } from './memory';
import { loadPrograms } from './program';

/** A variable in memory, and the data that it had when it was last read or written. */
interface Held {
  readonly place: Placed;
  /** The factor between the variable and its numbers in memory. */
  scale?: number;
  dataId?: tf.DataId;
  isChanged?: boolean;
}

/** Recorded functions, compiled to WebAssembly. The variables that they use live in its memory. */
export class CompiledModule {
  readonly memory = new Memory();
  private readonly held = new Map<tf.Variable, Held>();
  /** The random bits of a run. */
  private readonly seed = this.place([]);
  private hasDraws = false;
  private readonly builders: Builder[] = [];
  private runs: readonly (() => void)[] = [];

  /** Makes a tensor of zeros that stays where it is. */
  place(shape: readonly number[]): Placed {
    const tensor = fixed(shape);
    this.memory.place(tensor.access.value);
    return tensor;
  }

  hold(variable: tf.Variable, isChanged = false): Placed {
    const held = this.heldOf(variable);
    if (isChanged) held.isChanged = true;
    return held.place;
  }

  /** Sets the factor between a float32 variable and its numbers in memory. */
  scale(variable: tf.Variable, factor: number): void {
    this.heldOf(variable).scale = factor;
  }

  private heldOf(variable: tf.Variable): Held {
    const held = this.held.get(variable) ?? { place: this.place(variable.shape) };
    this.held.set(variable, held);
    return held;
  }

  /**
   * Adds a function. To be called before {@link load}.
   *
   * @param inputOf makes the tensor of an input, of its shape.
   * @returns where the outputs of a run are, what runs it, and, to add more steps, their builder and a
   * function that finds any tensor of the recording.
   */
  add<Input>(
    { tape, sources, drawn, assigned }: RecordedFunction<Input>,
    inputOf: (input: Input, shape: readonly number[], builder: Builder) => Tensor,
  ) {
    const builder = new Builder();
    const place = this.builders.push(builder) - 1;
    const given = new Map<TensorId, Tensor>();
    for (const [id, source] of sources) {
      const { shape, dtype } = kindOf(tape.kinds, id);
      const isHeld = 'variable' in source;
      const own = isHeld ? this.hold(source.variable) : inputOf(source.input, shape, builder);
      given.set(id, { ...own, dtype: DTYPES[dtype] ?? 'float32' });
    }
    for (const each of drawn) given.set(each.id, this.draw(builder, each));
    const find = lower(tape, given, builder);
    const outputs = tape.outputs.map(id => {
      const value = find(id);
      const out = this.place(value.shape);
      builder.store(out, value);
      return { ...out, dtype: value.dtype };
    });
    // What may be in the place of a variable is read before any of them changes.
    const news = Array.from(assigned, ([variable, id]): [Placed, Tensor] => {
      const value = find(id);
      const isView = isPlaced(value) && value.access.value.isFixed;
      return [this.hold(variable, true), isView ? builder.map([value], x => x) : value];
    });
    for (const [place, value] of news) builder.store(place, value);
    return { outputs, builder, find, run: () => at(this.runs, place)() };
  }

  /** Draws numbers, others at each run. */
  private draw(builder: Builder, { op, shape, scale, shift }: Drawn): Tensor {
    this.hasDraws = true;
    const draw = () => {
      const bits = Uint32Array.from({ length: sizeOf(shape) }, () => Math.random() * 2 ** 32);
      const own = fixed(shape, new Float32Array(bits.buffer));
      return builder.map([own, this.seed], uniform);
    };
    const scaled = (x: Expression) => add(mul(x, scale), shift);
    if (op === 'RandomUniform') return builder.map([draw()], scaled);
    if (op === 'TruncatedNormal') return builder.map([draw()], u => scaled(truncatedNormal(u)));
    return builder.map([draw(), draw()], (u, v) => scaled(normal(u, v)));
  }

  /** Compiles the functions, and reads the variables. */
  load(): void {
    const programs = this.builders.map(({ steps }) => steps);
    this.runs = loadPrograms(this.memory, programs).map(run => () => {
      // A program may have given Math.random a seed, for the order of its samples.
      if (this.hasDraws) this.memory.words(this.seed.access.value)[0] = Math.random() * 2 ** 32;
      run();
    });
    this.push();
  }

  /** Reads what was assigned to variables since the last call, or {@link pull}. */
  push(): void {
    for (const [variable, held] of this.held) {
      const { dataId } = variable;
      if (dataId === held.dataId) continue;
      this.memory.floats(held.place.access.value).set(scaled(variable.dataSync(), held.scale));
      held.dataId = dataId;
    }
  }

  /** Assigns to the variables that the functions change the values that they have here. */
  pull(): void {
    for (const [variable, held] of this.held) {
      if (!held.isChanged) continue;
      const numbers = this.memory.floats(held.place.access.value).slice();
      const values = scaled(numbers, 1 / (held.scale ?? 1));
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape, variable.dtype)));
      held.dataId = variable.dataId;
    }
  }
}

const scaled = (numbers: tf.TypedArray, factor = 1): tf.TypedArray =>
  factor === 1 ? numbers : numbers.map(number => number * factor);
