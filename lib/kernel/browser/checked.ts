/** Type-checks cells. Replays cells that ran before TypeScript was loaded. */
import { CheckFailure } from '../cell/errors/failed';
import { PendingRequests } from '../cell/worker-messages';
import { host } from './host';
import type { CheckResult, FromChecker, ToChecker } from './protocol';

let checker: MessagePort | undefined;
/** Whether cells must be checked. After the first load, a restarted checker is ready in about one second. */
let isRequired = false;
let onConnect = (): void => {};

/** Code of all cells, ordered by the last execution. */
const codes = new Set<string>();

const requests = new PendingRequests<ToChecker, CheckResult | undefined>(message =>
  checker?.postMessage(message),
);

export function requireChecker(): void {
  isRequired = true;
}

/** Connects to the checker, even during loading. `undefined` disconnects. */
export function connect(port: MessagePort | undefined): void {
  checker = port;
  requests.settleAll(undefined);
  if (port) {
    port.onmessage = ({ data }: MessageEvent<FromChecker>) => {
      if (data.type === 'reply') requests.settle(data.id, data.reply as CheckResult | undefined);
    };
    replay(...codes);
  }
  onConnect();
}

function replay(...codes: string[]): void {
  checker?.postMessage({ type: 'earlier', codes } satisfies ToChecker);
}

/**
 * Type-checks a cell before the execution.
 *
 * @param mustWait whether to wait for TypeScript, because the cell requires TypeScript.
 * @returns `undefined` if no checker is available.
 * @throws CheckFailure
 */
export async function check(code: string, mustWait: boolean): Promise<CheckResult | undefined> {
  if (mustWait && !checker) {
    await new Promise<void>(resolve => {
      onConnect = resolve;
      host.send({ type: 'need-checker' });
    });
  }
  let result: CheckResult | undefined;
  if (isRequired || mustWait) {
    result = checker && (await requests.ask({ type: 'check', code }));
    if (result && result.diagnostics.length > 0) throw new CheckFailure(result.diagnostics);
  } else replay(code);
  codes.delete(code);
  codes.add(code);
  return result;
}
