import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './node-util';
import type { Binding, NativeBackend, TensorId, TensorMetadata, Values } from '../backend';
import { NotRecordableError } from '../errors';
import type { GraphText, Ref } from './graph-text';

const TAG = 'tfjs-graph';

/** Returns the threads for small ops: `TF_NUM_INTRAOP_THREADS`, or 1. */
export const threadsOfOp = (): number => Number(process.env.TF_NUM_INTRAOP_THREADS) || 1;

/**
 * Returns a `ConfigProto`: intra_op_parallelism_threads (2) and graph_options (10) { rewrite_options (10) }. Disables
 * the meta optimizer (19), or sets a single iteration (12) without the slow, useless optimizations of memory (4) and
 * functions (10).
 */
const configOf = (threads: number, rewriting: boolean) => {
  const options = rewriting ? [0x60, 1, 0x20, 1, 0x50, 2] : [0x98, 0x01, 1];
  const graphOptions = [0x52, options.length + 2, 0x52, options.length, ...options];
  return Uint8Array.of(0x10, (threads & 0x7f) | 0x80, threads >> 7, ...graphOptions);
};

/** Deletes the sessions of garbage-collected models. */
const registry = new FinalizationRegistry<() => void>(release => release());

/** A loaded graph. Variables keep their values until {@link dispose}. */
export class Session {
  private constructor(
    private readonly binding: Binding,
    private readonly id: number,
  ) {
    registry.register(this, () => binding.deleteSavedModel(id), this);
  }

  /**
   * Loads a graph with a number of intra-op threads. Throws NotRecordableError if TensorFlow rejects the graph, or no
   * temporary folder is writable.
   */
  static load(
    { binding, isUsingGpuDevice }: NativeBackend,
    graph: GraphText,
    threads = threadsOfOp(),
  ): Session {
    // Rewriting takes 1/4 of the lesson's first epoch and 1/2 of an LSTM's without making steps faster. It gains 10 %
    // for TensorFlow's convolutions, and selects the image layout on a GPU.
    const gainsByRewriting = isUsingGpuDevice || graph.has(/^Conv\dD/);
    let folder: string | undefined;
    let code: 'folder-unwritable' | 'graph-refused' = 'folder-unwritable';
    try {
      folder = mkdtempSync(join(tmpdir(), 'tfjs-graph-'));
      writeFileSync(join(folder, 'saved_model.pbtxt'), graph.savedModel(TAG));
      // `session-config.cc` reads this file.
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

  /** Computes the outputs, to be deleted by the caller. */
  run(feeds: ReadonlyMap<Ref, TensorId>, outputs: readonly Ref[]): TensorMetadata[] {
    const namesOf = (refs: Iterable<Ref>) => Array.from(refs, output).join(',');
    const [inputNames, outputNames] = [namesOf(feeds.keys()), namesOf(outputs)];
    return this.binding.runSavedModel(this.id, [...feeds.values()], inputNames, outputNames);
  }

  read(feeds: ReadonlyMap<Ref, TensorId>, outputs: readonly Ref[]): Values[] {
    return this.run(feeds, outputs).map(({ id }) => {
      const values = this.binding.tensorDataSync(id);
      this.binding.deleteTensor(id);
      return values;
    });
  }

  dispose(): void {
    registry.unregister(this);
    this.binding.deleteSavedModel(this.id);
  }
}

const output = (ref: Ref) => (ref.includes(':') ? ref : `${ref}:0`);
