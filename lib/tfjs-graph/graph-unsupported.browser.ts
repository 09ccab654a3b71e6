/**
 * Stands in a browser for what begins a graph, `graph/function.ts` and `train/recorded/trainer.ts`,
 * and so keeps all that they are made of out of a page: the native engine alone runs graphs.
 */
import { NotRecordableError } from './errors';

class Unavailable {
  /** @throws NotRecordableError always. */
  constructor() {
    throw new NotRecordableError({ code: 'no-native-engine' });
  }
}

export { Unavailable as GraphFunction, Unavailable as RecordedTrainer };
