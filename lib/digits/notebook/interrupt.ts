/**
 * Interrupts for long work in a cell: the kernel turns ■ into {@link requestInterrupt}, and work
 * that can stop by itself registers here.
 *
 * The handlers are kept on the process, not in this module: the module is loaded again once it was
 * edited, and must share them with the kernel, which is loaded once.
 */
const KEY = Symbol.for('digits.interruptHandlers');

type Handler = () => void;
const holder = globalThis as unknown as Record<symbol, Handler[] | undefined>;
holder[KEY] ??= [];
const handlers = holder[KEY];

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
