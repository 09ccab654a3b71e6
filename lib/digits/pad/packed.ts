/** A network's parameters as short text: one byte a weight. */
import type { Language } from '../language';
import type { Activation, DenseLayer } from './plain-network';

/** A {@link DenseLayer} as JSON can hold it; numbers in base64. */
export interface PackedLayer {
  /** int8, `[inputs, units]`; a weight is this times its unit's scale. */
  readonly kernel: string;
  /** float32, one a unit. */
  readonly scale: string;
  /** float32, one a unit. */
  readonly bias: string;
  readonly activation: Activation;
}

/** What the page's script starts a pad with. */
export interface PadContent {
  readonly layers: readonly PackedLayer[];
  readonly language: Language;
}

/**
 * Packs a layer. A weight moves by no more than 1/254 of the largest of its unit.
 */
export function pack({ kernel, bias, activation }: DenseLayer): PackedLayer {
  const units = bias.length;
  const largest = new Float32Array(units);
  kernel.forEach((weight, i) => {
    largest[i % units] = Math.max(largest[i % units] as number, Math.abs(weight));
  });
  // A unit whose weights are all 0 needs no scale, only not to divide by 0.
  const scale = largest.map(value => value / 127 || 1);
  const bytes = Int8Array.from(kernel, (weight, i) =>
    Math.round(weight / (scale[i % units] as number)),
  );
  return { kernel: toBase64(bytes), scale: toBase64(scale), bias: toBase64(bias), activation };
}

export function unpack({ kernel, scale, bias, activation }: PackedLayer): DenseLayer {
  const bytes = new Int8Array(fromBase64(kernel));
  const scales = new Float32Array(fromBase64(scale));
  const weights = Float32Array.from(
    bytes,
    (byte, i) => byte * (scales[i % scales.length] as number),
  );
  return { kernel: weights, bias: new Float32Array(fromBase64(bias)), activation };
}

function toBase64({ buffer, byteOffset, byteLength }: Int8Array | Float32Array): string {
  let text = '';
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength))
    text += String.fromCharCode(byte);
  return btoa(text);
}

const fromBase64 = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text), char => char.charCodeAt(0)).buffer as ArrayBuffer;
