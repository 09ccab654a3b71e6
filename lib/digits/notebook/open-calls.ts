/**
 * Ends TensorFlow.js calls that an interrupt aborted. V8 then skips every `finally`, so open scopes would
 * collect later tensors, and gradients would no longer be recorded.
 */

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

const abandons = new Set<() => void>();

/**
 * Registers work that spans event-loop turns, such as a training.
 *
 * @param abandon releases the resources of the work after an interrupt.
 * @returns a function that removes the registration.
 */
export function openWork(abandon: () => void): () => void {
  abandons.add(abandon);
  return () => void abandons.delete(abandon);
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
  const earlier = new Set(abandons);
  return () => {
    for (const abandon of abandons) {
      if (earlier.has(abandon)) continue;
      abandons.delete(abandon);
      abandon();
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
