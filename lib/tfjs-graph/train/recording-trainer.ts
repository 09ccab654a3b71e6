import { NotRecordableError } from '../errors';
import { nativeBackend } from '../graph/backend';
import type { FitOptions } from './options';
import { recordedTrainer } from './recorded/trainer';
import type { Trainer, TrainerInput } from './trainer';
import { wasmTrainer } from './wasm/wasm-trainer';

/** Makes what takes recorded steps, of the native engine or of WebAssembly; undefined if a step cannot be recorded. */
export function recordingTrainer(
  input: TrainerInput,
  { parts, onFallback }: Pick<FitOptions, 'parts' | 'onFallback'>,
): Trainer | undefined {
  const backend = nativeBackend();
  try {
    return backend ? recordedTrainer(backend, input, parts) : wasmTrainer(input);
  } catch (error) {
    if (!(error instanceof NotRecordableError)) throw error;
    onFallback?.(error);
    return undefined;
  }
}
