import type { NativeBackend } from '../../graph/backend';
import { bytesOf } from '../../graph/byte-tensor';
import { hasByteMatMul, multiplyBytes } from '../../graph/passes/byte-mat-mul';
import { isPresent } from '../../is-present';
import type { Part } from '../trainer';
import type { RecordedStep } from './record-step';

/** Where fewer are 0, TensorFlow's own product takes less time. */
const MIN_ZEROS = 0.5;

/** So many bytes show how many of all are 0. */
const LOOKED_AT = 10_000;

/**
 * Lets the products of steps on the same samples skip the pixels that are 0, in handwriting four of
 * five: on the processor, and where the samples are held as bytes.
 */
export function skipZeros(
  backend: NativeBackend,
  steps: readonly RecordedStep[],
  { columns }: Part,
): readonly RecordedStep[] {
  if (backend.isUsingGpuDevice) return steps;
  const divisors = columns.map(column => {
    const bytes = bytesOf(column);
    return bytes && zerosIn(bytes.data) >= MIN_ZEROS ? bytes.divisor : undefined;
  });
  if (!divisors.some(isPresent) || !hasByteMatMul(backend.binding)) return steps;
  return steps.map(step => {
    const known = step.batch.flatMap((id, i) => {
      const divisor = divisors[i];
      return divisor === undefined ? [] : [[id, divisor] as const];
    });
    return { ...step, ...multiplyBytes(step.tape, backend.binding, new Map(known)) };
  });
}

/** The share of 0 among bytes, from some of them at scattered places. */
function zerosIn(bytes: Uint8Array): number {
  let zeros = 0;
  for (let i = 0; i < LOOKED_AT; i++) {
    const place = Math.imul(i, GOLDEN) >>> 0;
    if (bytes[place % bytes.length] === 0) zeros++;
  }
  return zeros / LOOKED_AT;
}

/** 2³² by the golden ratio: its multiples scatter evenly. */
const GOLDEN = 0x9e3779b1;
