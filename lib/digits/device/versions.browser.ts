/** Versions of the lesson's software in a browser. */
import { version as tfjs } from '@tensorflow/tfjs';
import plotly from 'plotly.js-dist/package.json';
import { messages } from '../language';
import { printedAsLines } from './device';
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

/** Patterns for user agents. The first match wins, because most browsers also name others. */
const NAMES: readonly (readonly [string, RegExp])[] = [
  ['Edge', /\bEdg(?:A|iOS)?\/([\d.]+)/],
  ['Opera', /\bOPR\/([\d.]+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/([\d.]+)/],
  ['Chrome', /(?:Chrome|CriOS)\/([\d.]+)/],
  ['Safari', /^(?=.*\bSafari\/).*\bVersion\/([\d.]+)/],
];

/** Returns a browser's name and version without trailing zeros: `Firefox 128`. */
function browserName(userAgent: string): string {
  for (const [name, pattern] of NAMES) {
    const version = pattern.exec(userAgent)?.[1];
    if (version) return `${name} ${version.replace(/(?<!\.0)(\.0)+$/, '')}`;
  }
  return userAgent;
}
