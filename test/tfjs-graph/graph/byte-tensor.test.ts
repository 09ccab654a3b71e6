import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { useDevice } from '../../../lib/digits/device/use';
import { setLanguage } from '../../../lib/digits/language';
import { divide as divideForLearners } from '../../../lib/digits/training/divide';
import { fit } from '../../../lib/digits/training/fit';
import {
  bytesOf,
  divide,
  isPending,
  range,
  samplesOf,
} from '../../../lib/tfjs-graph/graph/byte-tensor';
import { itNative } from '../../native';
import { compiledModel } from '../../support';
import { counts } from '../train/counts';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('divide', () => {
  before(async () => {
    await useDevice('wasm');
    await useDevice('cpu');
  });
  afterEach(() => setLanguage('en'));

  it('gives what TensorFlow.js gives for the same division', () => {
    const data = Uint8Array.from({ length: 256 }, (_, i) => i);
    for (const divisor of [255, 256, 1, -3, 0.1]) {
      const ours = divide({ data, shape: [16, 16] }, divisor);
      assert.deepEqual([ours.shape, ours.dtype], [[16, 16], 'float32']);
      const theirs = tf.tensor2d(data, [16, 16], 'float32').div(divisor);
      assert.deepEqual(ours.dataSync(), theirs.dataSync());
      assert.deepEqual(ours.mul(1).dataSync(), theirs.dataSync(), 'as an operand');
    }
  });

  itNative('makes no floats until they are asked for, and none for its range', () => {
    const x = divide({ data: bytes(0, 51, 255), shape: [3] }, 255);
    const before = counts().addonTensors;
    assert.deepEqual(range(x), [0, 1]);
    assert.equal(counts().addonTensors, before);
    x.square().dispose();
    assert.equal(counts().addonTensors, before + 1, 'the floats stay, the square is gone');
    assert.deepEqual(Array.from(bytesOf(x)?.data ?? []), [0, 51, 255]);
    x.dispose();
    assert.equal(counts().addonTensors, before);
  });

  it('disposes of a tensor that was never read', () => {
    const before = counts();
    divide({ data: bytes(1, 2), shape: [2] }, 255).dispose();
    assert.deepEqual(counts(), before);
  });

  it('refuses a divisor of 0 in both languages', () => {
    const wrong = (divisor: number) => () =>
      divideForLearners({ data: bytes(1), shape: [1] }, divisor);
    const engine = () => divide({ data: bytes(1), shape: [1] }, 0);
    assert.throws(engine, {
      name: 'InputError',
      message: 'Expected a finite divisor other than 0 but received 0.',
    });
    assert.throws(wrong(0), /finite divisor other than 0 but received 0.*divide\(trainX, 255\)/);
    assert.throws(wrong(Number.NaN), /received NaN/);
    setLanguage('zh');
    assert.throws(wrong(0), /除数应当是 0 以外的有限数，收到的是 0/);
  });

  it('takes samples as bytes, or as a slice of any other tensor', () => {
    const x = divide({ data: bytes(1, 2, 3, 4, 5, 6), shape: [3, 2] }, 2);
    const some = samplesOf(x, 1, 2);
    assert.deepEqual(some.arraySync(), [
      [1.5, 2],
      [2.5, 3],
    ]);
    assert.ok(bytesOf(some));
    assert.deepEqual(samplesOf(tf.tensor1d([1, 2, 3]), 1, 2).arraySync(), [2, 3]);
  });

  it('is trained on as floats are', async () => {
    const data = Uint8Array.from({ length: 200 * 784 }, () => Math.random() * 256);
    const shape: [number, number, number] = [200, 28, 28];
    const labels = tf.tensor1d(
      Int32Array.from({ length: 200 }, (_, i) => i % 10),
      'int32',
    );
    const model = compiledModel();
    const weights = model.getWeights().map(weight => weight.clone());
    const losses = async (x: tf.Tensor) => {
      model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
      model.setWeights(weights);
      const options = { epochs: 3, shuffle: false, validationSplit: 0.25, verbose: 0 } as const;
      return (await fit(model, x, labels, options)).history;
    };
    const floats = tf.tensor3d(data, shape, 'float32').div(255);
    const [ours, theirs] = [await losses(divide({ data, shape }, 255)), await losses(floats)];
    for (const name of ['loss', 'val_loss']) {
      // TensorFlow multiplies by 1 / 255 in the graph, which may round otherwise.
      const pairs = (theirs[name] ?? []).map((value, i) => [value, ours[name]?.[i] ?? Number.NaN]);
      assert.equal(pairs.length, 3);
      for (const [a = 0, b = 0] of pairs) assert.ok(Math.abs(a - b) < 1e-6 * a, `${a} and ${b}`);
    }
  });

  it('refuses fewer or more bytes than the shape has places', () => {
    for (const length of [5, 7]) {
      assert.throws(
        () => divide({ data: new Uint8Array(length), shape: [2, 3] }, 255),
        new RegExp(`provided shape, \\[2,3\\], the tensor should have 6 values but has ${length}`),
      );
    }
  });

  itNative(
    'goes with the tensor from WebAssembly to the native engine, and the other way round',
    async () => {
      for (const [from, to] of [
        ['wasm', 'tensorflow'],
        ['tensorflow', 'wasm'],
      ] as const) {
        await tf.setBackend(from);
        const x = divide({ data: bytes(0, 51, 102, 255), shape: [2, 2] }, 255);
        const clone = x.clone();
        await tf.setBackend(to);
        assert.ok(isPending(x));
        assert.deepEqual(
          Array.from(x.slice(1, 1).dataSync(), value => value.toFixed(6)),
          ['0.400000', '1.000000'],
        );
        assert.ok(isPending(x));
        assert.equal(x.max().dataSync()[0], 1);
        assert.deepEqual([isPending(x), isPending(clone)], [false, false]);
        x.dispose();
        assert.equal(clone.max().dataSync()[0], 1);
        clone.dispose();
      }
      await tf.setBackend('tensorflow');
    },
  );

  it('becomes a variable that can be assigned to', () => {
    tf.tidy(() => {
      const x = divide({ data: bytes(0, 255), shape: [2] }, 255);
      const variable = tf.variable(x);
      variable.assign(variable.add(1));
      assert.deepEqual(
        [Array.from(variable.dataSync()), Array.from(x.dataSync())],
        [
          [1, 2],
          [0, 1],
        ],
      );
      variable.dispose();
    });
  });

  itNative('is a plain tensor on other engines', async () => {
    await tf.setBackend('cpu');
    try {
      const x = divide({ data: bytes(0, 255), shape: [2] }, 255);
      assert.equal(bytesOf(x), undefined);
      assert.deepEqual(x.arraySync(), [0, 1]);
    } finally {
      await tf.setBackend('tensorflow');
    }
  });
});

describe('range', () => {
  it('is the smallest and the largest value', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        list => {
          const [least, most] = range(tf.tensor1d(list));
          assert.ok(list.every(value => value >= least && value <= most));
          assert.ok(list.includes(least) || least === 0);
        },
      ),
    );
  });

  it('finds the ends of bytes wherever they lie', () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 255));
    fc.assert(
      fc.property(fc.array(byte, { minLength: 1, maxLength: 9 }), values => {
        const tensor = divide({ data: Uint8Array.from(values), shape: [values.length] }, 255);
        const ends = [Math.min(...values), Math.max(...values)].map(v => Math.fround(v / 255));
        assert.deepEqual(range(tensor), ends);
        tensor.dispose();
      }),
    );
  });

  it('turns round with a negative divisor, and says NaN', () => {
    assert.deepEqual(
      range(divide({ data: bytes(0, 255), shape: [2] }, -255)).map(v => v + 0),
      [-1, 0],
    );
    assert.deepEqual(range(tf.tensor1d([1, Number.NaN])), [Number.NaN, Number.NaN]);
  });
});
