import { version as tfjs } from '@tensorflow/tfjs';
import plotly from 'plotly.js-dist/package.json';
import tslab from 'tslab/package.json';
import { messages } from '../language';
import { printedAsLines } from './device';
import { parseDeviceKind, planDevice } from './plan';

/** Versions by component; prints one line per component. */
export type Versions = Readonly<Record<string, string>>;

/**
 * Returns the lesson's software versions: Node.js, the kernel and the libraries, and the device that the second
 * stage will start.
 *
 * @example
 * versions()['TensorFlow.js']; // '4.22.0'
 */
export function versions(): Versions {
  const { kind } = planDevice(parseDeviceKind(process.env.DIGITS_DEVICE));
  const { kinds, toBeUsed } = messages().device;
  return printedAsLines({
    'Node.js': process.versions.node,
    tslab: tslab.version,
    'TensorFlow.js': tfjs.tfjs,
    'plotly.js': plotly.version,
    [toBeUsed]: kinds[kind],
  });
}
