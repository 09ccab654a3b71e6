/** The page between the worker in which cells run and the command, which has given it `tell`. */
import { PageChecker } from 'kernel/browser/page/checker';
import type { FromCells } from 'kernel/worker-messages';
import type { Given, Ran } from './worker';

declare const tell: (message: Ran | 'here' | 'closed') => void;

const worker = new Worker('worker.js', { type: 'module', name: location.hash.slice(1) });
const checker = new PageChecker(
  new URL('checker.js', location.href).href,
  port => worker.postMessage({ type: 'checker', port }, port ? [port] : []),
  () => {}, // other cells do not wait for it
);
// It comes for a cell alone that cannot be read without it.
checker.busy = true;

/** The judge's, which comes before any cell has run; a second one is a cell's. */
const judge = new Promise<MessagePort>(resolve => {
  type FromWorker = FromCells | { readonly type: 'judge'; readonly port: MessagePort };
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === 'need-checker') checker.load();
    else if (data.type === 'closed') tell('closed');
    else if (data.type === 'judge') resolve(data.port);
  };
});

let address = '';

/** Has loops hear that they are to end. */
function interrupt(): void {
  URL.revokeObjectURL(address);
  address = URL.createObjectURL(new Blob());
  worker.postMessage({ type: 'interrupt', address });
}
interrupt();

async function begin(given: Given): Promise<void> {
  const port = await judge;
  port.onmessage = ({ data }) => tell(data);
  port.postMessage(given);
}
Object.assign(window, { interrupt, begin });
