/** Tells what the lesson runs on in a browser. */
import { version as tfjs } from '@tensorflow/tfjs';
import plotly from 'plotly.js-dist/package.json';
import { messages } from '../language';
import { printedAsLines } from '../text/custom-inspect';
import { browserName } from './browser-name';
import type { Versions } from './versions';

export function versions(): Versions {
  const { browser, kinds, toBeUsed } = messages().device;
  return printedAsLines({
    [browser]: browserName(navigator.userAgent),
    'TensorFlow.js': tfjs.tfjs,
    'plotly.js': plotly.version,
    [toBeUsed]: kinds.wasm,
  });
}
