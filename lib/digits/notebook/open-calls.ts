/**
 * Ends the calls of TensorFlow.js that an interrupt cut off. V8 then skips every `finally`, so scopes would
 * stay open and count later tensors as theirs, and no gradient would be recorded any more.
 */

/** The part of TensorFlow.js's engine that nests. */
interface Engine {
  readonly state: {
    readonly scopeStack: readonly object[];
    /** Operations recorded for gradients, with the tensors that they keep. */
    readonly activeTape?: readonly { readonly saved: readonly { dispose(): void }[] }[] | null;
    readonly profiling: boolean;
  };
  endScope(): void;
}

let engine: Engine | undefined;

/** Makes {@link markOpenCalls} look after this engine, which all copies of TensorFlow.js share. */
export function watchEngine(shared: object): void {
  engine = shared as Engine;
}

/**
 * Notes which calls are open before code that may be cut off.
 *
 * @returns a function that ends the calls opened since, for a moment at which no code of a cell runs. It
 * disposes of the tensors as the end of `tf.tidy` does: of all but kept ones and variables.
 */
export function markOpenCalls(): () => void {
  const scopes = new Set(engine?.state.scopeStack);
  const profiling = engine?.state.profiling ?? false;
  return () => {
    if (!engine) return;
    const { state } = engine;
    // No scope disposes of these.
    for (const tensor of state.activeTape?.flatMap(({ saved }) => saved) ?? []) tensor.dispose();
    const depths = { kernelDepth: 0, gradientDepth: 0, numDataMovesStack: [] };
    Object.assign(state, { ...depths, activeTape: null, profiling });
    while (state.scopeStack.some(scope => !scopes.has(scope))) engine.endScope();
  };
}
