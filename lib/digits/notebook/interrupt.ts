/**
 * Interrupts long work in a cell: the kernel turns ■ into {@link requestInterrupt}, and work that can stop
 * registers a handler here.
 */
export { markOpenCalls } from './open-calls';

type Handler = () => void;
const handlers: Handler[] = [];

/**
 * Calls `handler` at the next interrupt instead of aborting the cell.
 *
 * @returns a function that removes the handler.
 */
export function onInterrupt(handler: Handler): () => void {
  handlers.push(handler);
  return () => {
    const index = handlers.indexOf(handler);
    if (index >= 0) handlers.splice(index, 1);
  };
}

/**
 * Passes an interrupt to the last registered handler. Each handler is called only once, so a second interrupt
 * aborts the cell even if the work does not stop.
 *
 * @returns false without a handler; the caller then aborts the cell.
 */
export function requestInterrupt(): boolean {
  const handler = handlers.pop();
  handler?.();
  return handler !== undefined;
}
