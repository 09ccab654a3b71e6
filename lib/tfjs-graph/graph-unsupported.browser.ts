/**
 * Stands in a browser for what begins a graph, `graph/function.ts` and `train/recorded/trainer.ts`,
 * and so keeps all that they are made of out of a page: the native engine alone runs graphs.
 */
import { NotRecordableError } from './errors';

export class GraphFunction {
  /** @throws NotRecordableError always. */
  constructor() {
    recordedTrainer();
  }
}

/** @throws NotRecordableError always. */
export function recordedTrainer(): never {
  throw new NotRecordableError({ code: 'no-native-engine' });
}
