/** In a browser WebAssembly computes in one thread. */
export const planThreads = (): number => 1;
