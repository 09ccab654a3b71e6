import { withoutTypeScript } from '../compiler/override-modules';
import { Output } from '../output-buffer';
import type { DisplayContent, FromCells, StreamName } from '../worker-messages';
import { inCells } from './scripts';

/** Characters that one cell may print; a page of more would no longer answer. */
const MOST = 20_000_000;

type Write = typeof process.stdout.write;

/** Sends all that the process prints, and what cells show, in their order. */
export function captureOutput(post: (message: FromCells) => void): Output {
  const output = new Output(post, MOST);
  for (const name of ['stdout', 'stderr'] as const) process[name].write = writer(name, output);
  showBy((content, update) => output.send({ type: 'display', content, update: update === true }));
  return output;
}

function writer(name: StreamName, output: Output): Write {
  const decoder = new TextDecoder();
  return (chunk: Uint8Array | string, encoding?: unknown, done?: unknown): boolean => {
    output.write(name, inCells(typeof chunk === 'string' ? chunk : decoder.decode(chunk)));
    const callback = typeof encoding === 'function' ? encoding : done;
    if (typeof callback === 'function') process.nextTick(callback);
    return true;
  };
}

/** Makes digits show by this function, and tslab's `display`, which finds it in its module. */
function showBy(show: (content: DisplayContent, update?: boolean) => void): void {
  Object.assign(globalThis, { [Symbol.for('digits.display')]: show });
  withoutTypeScript();
  const jupyter: { lastWriteDisplayData: typeof show } = require('tslab/dist/jupyter');
  jupyter.lastWriteDisplayData = show;
}
