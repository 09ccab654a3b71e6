import assert from 'node:assert/strict';
import fs, { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mock } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { useDevice } from '../../../lib/digits/device/use';
import { type NativeBackend, nativeBackend } from '../../../lib/tfjs-graph/backend';
import { GraphFunction } from '../../../lib/tfjs-graph/function';
import { GraphText } from '../../../lib/tfjs-graph/native/graph-text';
import { Session } from '../../../lib/tfjs-graph/native/session';
import { temporaryFolder } from '../../folder';
import { describeNative } from '../../native';
import { counts } from '../train/counts';

describeNative('a session', () => {
  let backend: NativeBackend;
  before(async () => {
    await useDevice('cpu');
    backend = nativeBackend() as NativeBackend;
  });

  /** The square of the input. */
  function square() {
    const graph = new GraphText(backend.binding);
    const float = backend.binding.TF_FLOAT;
    const x = graph.placeholder([2], float);
    return { graph, x, y: graph.add('Mul', [x, x], [graph.type('T', float)]) };
  }

  it('takes its configuration from the folder of its graph', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'saved_model.pbtxt'), square().graph.savedModel('t'));
    const { binding } = backend;
    binding.deleteSavedModel(binding.loadSavedModel(folder, 't'));
    writeFileSync(join(folder, 'session.config'), Uint8Array.of(0x52, 0x7f));
    assert.throws(() => binding.loadSavedModel(folder, 't'), /ConfigProto/);
  });

  it('gets tensors with memory of their own, so that no worker thread frees a typed array', () => {
    const { binding } = backend;
    const array = new Float32Array(64);
    // At least one of the parts is aligned, so TensorFlow could use the memory of that part.
    const parts = Array.from({ length: 16 }, (_, i) => array.subarray(i, i + 4));
    const ids = parts.map(part => binding.createTensor([4], binding.TF_FLOAT, part));
    array.fill(1);
    const values = ids.flatMap(id => [...binding.tensorDataSync(id)]);
    for (const id of ids) binding.deleteTensor(id);
    assert.deepEqual(values, Array(64).fill(0));
  });

  it('says why TensorFlow refuses its graph', () => {
    const graph = new GraphText(backend.binding);
    graph.add('NoSuchOp', [], []);
    assert.throws(() => Session.load(backend, graph), /TensorFlow.*NoSuchOp/s);
  });

  it('leaves nothing behind of a GraphFunction without its first values', () => {
    const [weight, example] = [tf.variable(tf.tensor1d([1, 2])), tf.zeros([2])];
    const make = () => new GraphFunction(x => [x.mul(weight)], [example]);
    make().dispose();
    const countsBefore = counts();
    const fails = mock.method(Session.prototype, 'run', () => {
      throw new Error('no run');
    });
    assert.throws(make, /no run/);
    fails.mock.restore();
    assert.deepEqual(counts(), countsBefore);
    tf.dispose([weight, example]);
  });

  it('says so where its graph finds no place, and leaves no folder behind', () => {
    const parent = temporaryFolder();
    const { TMPDIR } = process.env;
    process.env.TMPDIR = parent;
    const write = mock.method(fs, 'writeFileSync', () => {
      throw new Error('ENOSPC: no space left on device, write');
    });
    try {
      assert.throws(() => Session.load(backend, square().graph), {
        code: 'folder-unwritable',
        reason: /^its graph cannot be written to a temporary folder \(ENOSPC/,
      });
      assert.deepEqual(readdirSync(parent), []);
    } finally {
      write.mock.restore();
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
    }
  });
});
