/** Shares out the processor in a browser: WebAssembly computes in one thread. */
import type { Threads } from './threads';

export const planThreads = (): Threads => ({ all: 1, perOperation: 1, parts: 1 });
