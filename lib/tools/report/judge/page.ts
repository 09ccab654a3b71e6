/** The page between the worker in which cells run and the command, which has given it `tell`. */
import { PageChecker } from 'kernel/browser/page/checker';
import type { FromCells } from 'kernel/worker-messages';
import type { Given, Ran } from './worker';

declare const tell: (message: Ran | 'here' | 'closed') => void;

let address = '';
/** The worker's first message brings it, before any cell has run. */
let port: MessagePort | undefined;

const worker = new Worker('worker.js', { type: 'module', name: location.hash.slice(1) });
const checker = new PageChecker(
  new URL('checker.js', location.href).href,
  port => worker.postMessage({ type: 'checker', port }, port ? [port] : []),
  () => {}, // other cells do not wait for it
);
// It comes for a cell alone that cannot be read without it.
checker.busy = true;

const ready = new Promise<void>(resolve => {
  type FromWorker = FromCells | { readonly type: 'judge'; readonly port: MessagePort };
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === 'need-checker') checker.load();
    else if (data.type === 'closed') tell('closed');
    else if (data.type === 'judge' && !port) {
      port = data.port;
      port.onmessage = ({ data }) => {
        resolve();
        tell(data);
      };
    }
  };
});

/** Has loops hear that they are to end. */
function interrupt(): void {
  URL.revokeObjectURL(address);
  address = URL.createObjectURL(new Blob());
  worker.postMessage({ type: 'interrupt', address });
}
interrupt();

Object.assign(window, {
  interrupt,
  begin: (given: Given) => ready.then(() => port?.postMessage(given)),
});
