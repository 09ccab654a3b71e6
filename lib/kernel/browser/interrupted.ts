/** Finds out in the midst of a computation whether ■ was pressed: no message arrives then. */
import { Interrupt } from '../script/run';

/** Milliseconds of computing without a pause before the page is asked, which takes about one. */
const PATIENCE = 300;
/** Turns of a loop until it calls again, and calls until the clock is looked at, if that is soon. */
const [TURNS, CALLS] = [128, 8];
const SOON = 5;

const state = {
  /** An address of the page's, which it takes away at ■. */
  address: '',
  isOff: false,
  calls: 0,
  looked: 0,
  /** When the computing began that goes on. */
  since: undefined as number | undefined,
};

/** Waits for the next interrupt; the last one has been heard. */
export function watch(address: string): void {
  state.address = address;
  state.isOff = false;
}

/**
 * Is called by loops from time to time.
 *
 * @returns turns until the next call.
 * @throws Interrupt if ■ was pressed, and then in every loop, until {@link watch} is called.
 */
export function turn(): number {
  if (--state.calls > 0) return TURNS;
  const now = performance.now();
  const isFast = now - state.looked < SOON;
  state.looked = now;
  if (state.since === undefined) {
    state.since = now;
    setImmediate(() => {
      state.since = undefined;
    });
  } else if (now - state.since > PATIENCE) {
    state.since = now;
    state.isOff ||= isTakenAway();
  }
  if (state.isOff) throw new Interrupt();
  state.calls = isFast ? CALLS : 0;
  return isFast ? TURNS : 1;
}

const own = URL.createObjectURL(new Blob());

/** Asks; if no address can be read, since a policy of the site forbids it, nothing is known. */
const isTakenAway = (): boolean => state.address !== '' && !isThere(state.address) && isThere(own);

function isThere(address: string): boolean {
  try {
    const request = new XMLHttpRequest();
    request.open('GET', address, false);
    request.send();
    return true;
  } catch {
    return false;
  }
}
