/** Has the cells checked by TypeScript: those that ran before it was there are told to it. */
import type { Diagnostic } from '../errors/failed';
import { PendingRequests } from '../worker-messages';
import { host } from './host';
import type { Checked, FromChecker, ToChecker } from './protocol';

let checker: MessagePort | undefined;
/** Cells wait for a checker that was there before: it is kept, and starts in about one second. */
let wasThere = false;
let connected = (): void => {};

/** What has run, in the order in which it ran last. */
const codes = new Set<string>();

const requests = new PendingRequests<ToChecker, Checked | undefined>(message =>
  checker?.postMessage(message),
);

/** Has the cells checked from now on. */
export function waitForChecker(): void {
  wasThere = true;
}

/** Takes a line to the checker, which may still be loading; none if it has ended. */
export function connect(port: MessagePort | undefined): void {
  checker = port;
  requests.settleAll(undefined);
  if (port) {
    port.onmessage = ({ data }: MessageEvent<FromChecker>) => {
      if (data.type === 'reply') requests.settle(data.id, data.reply as Checked | undefined);
    };
    tell(...codes);
  }
  connected();
}

function tell(...codes: string[]): void {
  checker?.postMessage({ type: 'earlier', codes } satisfies ToChecker);
}

/** Ends a cell in which TypeScript has found errors. */
export class Refused {
  constructor(readonly diagnostics: readonly Diagnostic[]) {}
}

/**
 * Checks a cell that is to run.
 *
 * @param isUnread whether it cannot run without TypeScript, however long that takes to come.
 * @returns undefined if it cannot be checked now.
 * @throws Refused
 */
export async function check(code: string, isUnread: boolean): Promise<Checked | undefined> {
  if (isUnread && !checker) {
    await new Promise<void>(resolve => {
      connected = resolve;
      host.send({ type: 'need-checker' });
    });
  }
  let checked: Checked | undefined;
  if (wasThere || isUnread) {
    checked = checker && (await requests.ask({ type: 'check', code }));
    if (checked && checked.diagnostics.length > 0) throw new Refused(checked.diagnostics);
  } else tell(code);
  codes.delete(code);
  codes.add(code);
  return checked;
}
