/** Packs a network's parameters as short text, one byte a weight, and unpacks them. */

import { toBase64 } from '../format';
import { itemAt } from '../item-at';
import type { Activation, DenseLayer } from './plain-network';

/** A {@link DenseLayer} as JSON holds it, its numbers in base64. */
export interface PackedLayer {
  /** int8, `[inputs, units]`; a weight is this times its unit's scale. */
  readonly kernel: string;
  /** float32, one a unit. */
  readonly scale: string;
  /** float32, one a unit. */
  readonly bias: string;
  readonly activation: Activation;
}

/** Packs a layer. A weight moves by no more than 1/254 of the largest of its unit. */
export function pack({ kernel, bias, activation }: DenseLayer): PackedLayer {
  const units = bias.length;
  const largest = new Float32Array(units);
  kernel.forEach((weight, i) => {
    const unit = i % units;
    largest[unit] = Math.max(itemAt(largest, unit), Math.abs(weight));
  });
  // A unit whose weights are all 0 takes any scale but 0, by which they are divided.
  const scale = largest.map(value => value / 127 || 1);
  const bytes = Int8Array.from(kernel, (weight, i) =>
    Math.round(weight / itemAt(scale, i % units)),
  );
  return { kernel: toBase64(bytes), scale: toBase64(scale), bias: toBase64(bias), activation };
}

/** Unpacks a layer. */
export function unpack({ kernel, scale, bias, activation }: PackedLayer): DenseLayer {
  const bytes = new Int8Array(fromBase64(kernel));
  const scales = new Float32Array(fromBase64(scale));
  const weights = Float32Array.from(bytes, (byte, i) => byte * itemAt(scales, i % scales.length));
  return { kernel: weights, bias: new Float32Array(fromBase64(bias)), activation };
}

const fromBase64 = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text), char => char.charCodeAt(0)).buffer as ArrayBuffer;
