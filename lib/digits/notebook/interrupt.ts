/**
 * Handles interrupts: the kernel turns ■ into {@link requestInterrupt} for work that can stop by itself. If an
 * interrupt aborts code instead, V8 skips every `finally`, so open scopes of TensorFlow.js would collect later
 * tensors, and gradients would no longer be recorded; {@link markOpenCalls} ends these calls.
 */

/** Work that spans event-loop turns, such as a training. */
interface Work {
  /** Ends the work at an interrupt. Returns false if the work was already told to stop. */
  stop(): boolean;
  /** Releases the resources of aborted work. */
  abandon(): void;
}

const works = new Set<Work>();

/**
 * Registers work.
 *
 * @returns a function that removes the registration.
 */
export function openWork(work: Work): () => void {
  works.add(work);
  return () => void works.delete(work);
}

/**
 * Stops the work that was registered last. A second interrupt aborts the cell even if the work does not stop.
 *
 * @returns false without such work; the caller then aborts the cell.
 */
export const requestInterrupt = (): boolean => [...works].reverse().some(work => work.stop());

/** The nested state of TensorFlow.js's engine. */
interface Engine {
  readonly state: {
    readonly scopeStack: readonly object[];
    /** Operations recorded for gradients, with their kept tensors. */
    readonly activeTape?: readonly { readonly saved: readonly { dispose(): void }[] }[] | null;
    readonly profiling: boolean;
  };
  endScope(): void;
}

let engine: Engine | undefined;

/** Registers the engine for {@link markOpenCalls}. All copies of TensorFlow.js share one engine. */
export function watchEngine(shared: object): void {
  engine = shared as Engine;
}

/**
 * Records the open calls before an interrupt can abort code.
 *
 * @returns a function that ends all later calls. Call it from the event loop, outside the code of any cell.
 * Like `tf.tidy`, it disposes of tensors, except kept tensors and variables.
 */
export function markOpenCalls(): () => void {
  const scopes = new Set(engine?.state.scopeStack);
  const profiling = engine?.state.profiling ?? false;
  const earlier = new Set(works);
  return () => {
    for (const work of works) {
      if (earlier.has(work)) continue;
      works.delete(work);
      work.abandon();
    }
    if (!engine) return;
    const { state } = engine;
    // The tape keeps its tensors, so no scope disposes of them.
    for (const tensor of state.activeTape?.flatMap(({ saved }) => saved) ?? []) tensor.dispose();
    const depths = { kernelDepth: 0, gradientDepth: 0, numDataMovesStack: [] };
    Object.assign(state, { ...depths, activeTape: null, profiling });
    while (state.scopeStack.some(scope => !scopes.has(scope))) engine.endScope();
  };
}
