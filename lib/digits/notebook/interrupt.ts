/**
 * Interrupts for long work in a cell: the kernel turns ■ into {@link requestInterrupt}, and work
 * that can stop by itself registers here.
 */
export { markOpenCalls } from './open-calls';

type Handler = () => void;
const handlers: Handler[] = [];

/**
 * Calls `handler` at the next interrupt instead of breaking off the cell.
 *
 * @returns a function that ends the registration.
 */
export function onInterrupt(handler: Handler): () => void {
  handlers.push(handler);
  return () => {
    const at = handlers.indexOf(handler);
    if (at >= 0) handlers.splice(at, 1);
  };
}

/**
 * Hands an interrupt to the work that registered last. Each registration serves once, so a second
 * interrupt breaks off the cell even if the work does not stop.
 *
 * @returns false if nobody registered: then the caller breaks off the cell itself.
 */
export function requestInterrupt(): boolean {
  const handler = handlers.pop();
  handler?.();
  return handler !== undefined;
}
