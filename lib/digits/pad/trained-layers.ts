/** The trained network that comes with the lesson; `trained-layers.browser.ts` is its twin for browsers. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackedLayer } from './plain-network';

/** Returns the place of the file, which `lib/tools/train-pad.ts` writes. */
export const trainedFile = (): string =>
  join(dirname(require.resolve('digits/package.json')), 'pad', 'trained-network.json');

/** Computes the checksum that stands beside layers in the file: of their JSON without spaces. */
export const checksumOf = (layers: readonly PackedLayer[]): string =>
  createHash('sha256').update(JSON.stringify(layers)).digest('hex');

/** Reads the layers; undefined if the file is missing, or not as it was written. */
export function trainedLayers(file = trainedFile()): readonly PackedLayer[] | undefined {
  try {
    const { sha256, layers } = JSON.parse(readFileSync(file, 'utf8'));
    return checksumOf(layers) === sha256 ? layers : undefined;
  } catch {
    return undefined;
  }
}
