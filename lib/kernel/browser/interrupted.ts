/** Finds out in the midst of a computation whether ■ was pressed: no message arrives then. */
import { Interrupt } from '../script/run';

/** Milliseconds of computing without a pause before the page is asked, which takes about one. */
const PATIENCE = 300;
/**
 * Turns of a fast loop until it calls again, and calls until one reads the clock. A slow loop may follow, so the
 * product is small: 64 turns of 30 ms end within the 2 s that the page waits. It costs a fast loop 1.5 ns a turn.
 */
const [TURNS, CALLS] = [16, 4];
const SOON = 5;

/** An address of the page's, which it takes away at ■. */
let address = '';
let isOff = false;
let [calls, looked] = [0, 0];
/** When the computing began that goes on. */
let since: number | undefined;

/** Waits for the next interrupt; the last one has been heard. */
export function watch(next: string): void {
  address = next;
  isOff = false;
}

/**
 * Is called by loops from time to time.
 *
 * @returns turns until the next call.
 * @throws Interrupt if ■ was pressed, and then in every loop, until {@link watch} is called.
 */
export function turn(): number {
  if (--calls > 0) return TURNS;
  const now = performance.now();
  const isFast = now - looked < SOON;
  looked = now;
  if (since === undefined) {
    since = now;
    setImmediate(() => {
      since = undefined;
    });
  } else if (now - since > PATIENCE) {
    since = now;
    isOff ||= isTakenAway();
  }
  if (isOff) throw new Interrupt();
  calls = isFast ? CALLS : 0;
  return isFast ? TURNS : 1;
}

const own = URL.createObjectURL(new Blob());

/** Asks; if no address can be read, since a policy of the site forbids it, nothing is known. */
const isTakenAway = (): boolean => address !== '' && !isThere(address) && isThere(own);

function isThere(asked: string): boolean {
  try {
    const request = new XMLHttpRequest();
    request.open('GET', asked, false);
    request.send();
    return true;
  } catch {
    return false;
  }
}
