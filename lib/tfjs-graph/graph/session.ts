import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './node-util';
import { NotRecordableError } from '../errors';
import type { Binding, NativeBackend, TensorId, TensorMetadata, Values } from './backend';
import type { GraphText, Ref } from './graph-text';

const TAG = 'tfjs-graph';

/** Threads of an op that is not large: `TF_NUM_INTRAOP_THREADS`, or one. */
export const threadsOfOp = (): number => Number(process.env.TF_NUM_INTRAOP_THREADS) || 1;

/**
 * A `ConfigProto`: intra_op_parallelism_threads (2), graph_options (10) { rewrite_options (10) }: no meta optimizer
 * (19), or one iteration (12) of it without optimizing memory (4) and functions (10), which took long for nothing.
 */
const configOf = (threads: number, rewriting: boolean) => {
  const options = rewriting ? [0x60, 1, 0x20, 1, 0x50, 2] : [0x98, 0x01, 1];
  const own = [0x52, options.length + 2, 0x52, options.length, ...options];
  return Uint8Array.of(0x10, (threads & 0x7f) | 0x80, threads >> 7, ...own);
};

/** Deletes the sessions of models that no code can reach any more. */
const unreachable = new FinalizationRegistry<() => void>(release => release());

/** A graph, loaded. Its variables keep their values until it is disposed of. */
export class Session {
  private constructor(
    private readonly binding: Binding,
    private readonly id: number,
  ) {
    unreachable.register(this, () => binding.deleteSavedModel(id), this);
  }

  /**
   * @param threads among which an op may be divided; each graph has its own.
   * @throws NotRecordableError if TensorFlow refuses the graph, or no folder takes it.
   */
  static load(
    { binding, isUsingGpuDevice }: NativeBackend,
    graph: GraphText,
    threads = threadsOfOp(),
  ): Session {
    // Rewriting takes a quarter of the lesson's first epoch and half of an LSTM's, and makes their
    // steps no faster; with TensorFlow's convolutions it gains a tenth. On a GPU it chooses the layout
    // of pictures.
    const gainsByRewriting = isUsingGpuDevice || graph.has(/^Conv\dD/);
    let folder: string | undefined;
    let code: 'folder-unwritable' | 'graph-refused' = 'folder-unwritable';
    try {
      folder = mkdtempSync(join(tmpdir(), 'tfjs-graph-'));
      writeFileSync(join(folder, 'saved_model.pbtxt'), graph.savedModel(TAG));
      // Read by `session-config.cc`.
      writeFileSync(join(folder, 'session.config'), configOf(threads, gainsByRewriting));
      code = 'graph-refused';
      return new Session(binding, binding.loadSavedModel(folder, TAG));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new NotRecordableError({ code, message });
    } finally {
      if (folder) rmSync(folder, { recursive: true });
    }
  }

  /** Runs what the outputs need. The caller deletes the tensors that come back. */
  run(feeds: ReadonlyMap<Ref, TensorId>, outputs: readonly Ref[]): TensorMetadata[] {
    const namesOf = (refs: Iterable<Ref>) => Array.from(refs, output).join(',');
    const [given, wanted] = [namesOf(feeds.keys()), namesOf(outputs)];
    return this.binding.runSavedModel(this.id, [...feeds.values()], given, wanted);
  }

  read(feeds: ReadonlyMap<Ref, TensorId>, outputs: readonly Ref[]): Values[] {
    return this.run(feeds, outputs).map(({ id }) => {
      const values = this.binding.tensorDataSync(id);
      this.binding.deleteTensor(id);
      return values;
    });
  }

  dispose(): void {
    unreachable.unregister(this);
    this.binding.deleteSavedModel(this.id);
  }
}

const output = (ref: Ref) => (ref.includes(':') ? ref : `${ref}:0`);
