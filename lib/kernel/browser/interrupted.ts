/** Detects ■ during a computation, when the worker receives no messages. */
import { Interrupt } from '../cell/script/run';

/** Milliseconds of uninterrupted computation between two requests to the page. A request takes about 1 ms. */
const REQUEST_INTERVAL_MS = 300;
/**
 * Iterations of a fast loop until the next call, and calls until the clock is read. A slow loop may follow, so
 * keep the product small: 64 iterations of 30 ms end before the page's timeout of 2 s. Cost: 1.5 ns each.
 */
const [ITERATIONS, CALLS_PER_CLOCK] = [16, 4];
const FAST_CALL_MS = 5;

/** An object URL of the page, revoked at ■. */
let address = '';
let isInterrupted = false;
let [calls, lastClock] = [0, 0];
let busySince: number | undefined;

/** Arms the detection after an interrupt, with a new URL. */
export function watchAddress(next: string): void {
  address = next;
  isInterrupted = false;
}

/**
 * Checks for an interrupt; loops call this function regularly.
 *
 * @returns iterations until the next call.
 * @throws Interrupt after ■, in every loop, until {@link watchAddress} is called.
 */
export function pollInterrupt(): number {
  if (--calls > 0) return ITERATIONS;
  const now = performance.now();
  const isFast = now - lastClock < FAST_CALL_MS;
  lastClock = now;
  if (busySince === undefined) {
    busySince = now;
    setImmediate(() => {
      busySince = undefined;
    });
  } else if (now - busySince > REQUEST_INTERVAL_MS) {
    busySince = now;
    isInterrupted ||= isRevoked();
  }
  if (isInterrupted) throw new Interrupt();
  calls = isFast ? CALLS_PER_CLOCK : 0;
  return isFast ? ITERATIONS : 1;
}

const ownAddress = URL.createObjectURL(new Blob());

/** Returns whether the page's URL is revoked, or false if the site's policy blocks all object URLs. */
const isRevoked = (): boolean => address !== '' && !isReadable(address) && isReadable(ownAddress);

function isReadable(url: string): boolean {
  try {
    const request = new XMLHttpRequest();
    request.open('GET', url, false);
    request.send();
    return true;
  } catch {
    return false;
  }
}
