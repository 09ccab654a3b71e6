import * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { TensorId } from '../backend';
import type { RandomConstant } from '../trace/random';
import type { RecordedFunction, Scales } from '../trace/recording';
import { DTYPES, kindOf } from '../trace/tape';
import { add, type Expression, mul } from './expression';
import { normal, truncatedNormal, uniform } from './functions';
import { Builder, fixed, isPlaced, type Placed, sizeOf, type Tensor } from './ir';
import { lower } from './lower';
import { Memory } from './memory';
import { loadPrograms } from './program';

interface VariableBinding {
  readonly location: Placed;
  /** Data id at the last copy. Differs after an assignment in JavaScript. */
  dataId?: tf.DataId;
  isAssigned?: boolean;
}

/** Recorded functions compiled to WebAssembly, with copies of the variables in linear memory. */
export class CompiledModule {
  readonly memory = new Memory();
  private readonly bindings = new Map<tf.Variable, VariableBinding>();
  /** Random bits, renewed for each run. */
  private readonly seed = this.allocate([]);
  private isRandom = false;
  private readonly builders: Builder[] = [];
  private runs: readonly (() => void)[] = [];

  constructor(private readonly scales: Scales = new Map()) {}

  /** Allocates a tensor of zeros with a fixed address. */
  allocate(shape: readonly number[]): Placed {
    const tensor = fixed(shape);
    this.memory.place(tensor.access.value);
    return tensor;
  }

  /** Returns the memory of a variable, allocating it if needed. */
  bind(variable: tf.Variable, isAssigned = false): Placed {
    const binding = this.bindings.get(variable) ?? { location: this.allocate(variable.shape) };
    this.bindings.set(variable, binding);
    if (isAssigned) binding.isAssigned = true;
    return binding.location;
  }

  /**
   * Adds a function, before {@link load}. `inputOf` creates the tensor of an input. Returns the outputs and a function
   * that runs the compiled function; for more steps, the builder and a function that returns any recorded tensor.
   */
  add<Input>(
    { tape, sources, random, assigned }: RecordedFunction<Input>,
    inputOf: (input: Input, shape: readonly number[], builder: Builder) => Tensor,
  ) {
    const builder = new Builder();
    const index = this.builders.push(builder) - 1;
    const tensors = new Map<TensorId, Tensor>();
    for (const [id, source] of sources) {
      const { shape, dtype } = kindOf(tape.kinds, id);
      const tensor =
        'variable' in source ? this.bind(source.variable) : inputOf(source.input, shape, builder);
      tensors.set(id, { ...tensor, dtype: DTYPES[dtype] ?? 'float32' });
    }
    for (const constant of random) tensors.set(constant.id, this.sample(builder, constant));
    const find = lower(tape, tensors, builder);
    const outputs = tape.outputs.map(id => {
      const value = find(id);
      const out = this.allocate(value.shape);
      builder.store(out, value);
      return { ...out, dtype: value.dtype };
    });
    // Copy views of fixed memory, which may be a variable's, before any variable changes.
    const newValues = Array.from(assigned, ([variable, id]): [Placed, Tensor] => {
      const value = find(id);
      const isView = isPlaced(value) && value.access.value.isFixed;
      return [this.bind(variable, true), isView ? builder.map([value], x => x) : value];
    });
    for (const [location, value] of newValues) builder.store(location, value);
    return { outputs, builder, find, run: () => at(this.runs, index)() };
  }

  private sample(builder: Builder, { op, shape, scale, shift }: RandomConstant): Tensor {
    this.isRandom = true;
    const sampleUniform = () => {
      const bits = Uint32Array.from({ length: sizeOf(shape) }, () => Math.random() * 2 ** 32);
      const seeds = fixed(shape, new Float32Array(bits.buffer));
      return builder.map([seeds, this.seed], uniform);
    };
    const scaled = (x: Expression) => add(mul(x, scale), shift);
    if (op === 'RandomUniform') return builder.map([sampleUniform()], scaled);
    if (op === 'TruncatedNormal')
      return builder.map([sampleUniform()], u => scaled(truncatedNormal(u)));
    return builder.map([sampleUniform(), sampleUniform()], (u, v) => scaled(normal(u, v)));
  }

  /** Compiles the functions and copies the variables into memory. */
  load(): void {
    const programs = this.builders.map(({ steps }) => steps);
    this.runs = loadPrograms(this.memory, programs).map(run => () => {
      // `Math.random`, because a program may have seeded it.
      if (this.isRandom) this.memory.words(this.seed.access.value)[0] = Math.random() * 2 ** 32;
      run();
    });
    this.push();
  }

  /** Copies values assigned to variables since the last call, or the last {@link pull}, into memory. */
  push(): void {
    for (const [variable, binding] of this.bindings) {
      const { dataId } = variable;
      if (dataId === binding.dataId) continue;
      this.memory
        .floats(binding.location.access.value)
        .set(scaled(variable.dataSync(), this.scales.get(variable)));
      binding.dataId = dataId;
    }
  }

  /** Copies values from memory to all variables that the functions assign. */
  pull(): void {
    for (const [variable, binding] of this.bindings) {
      if (!binding.isAssigned) continue;
      const numbers = this.memory.floats(binding.location.access.value).slice();
      const values = scaled(numbers, 1 / (this.scales.get(variable) ?? 1));
      tf.tidy(() => variable.assign(tf.tensor(values, variable.shape, variable.dtype)));
      binding.dataId = variable.dataId;
    }
  }
}

const scaled = (numbers: tf.TypedArray, factor = 1): tf.TypedArray =>
  factor === 1 ? numbers : numbers.map(number => number * factor);
