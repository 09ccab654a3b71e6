import { deepEqual, equal, throws } from 'node:assert/strict';
import { runInThisContext } from 'node:vm';
import * as tf from '@tensorflow/tfjs';
import { markOpenCalls } from '../../../lib/digits';
import { releaseUnreachable } from '../../../lib/digits/device/release-unreachable';

const { state } = tf.engine() as unknown as { state: Record<string, unknown> };
const nested = () => {
  const { scopeStack, activeScope, kernelDepth, gradientDepth, activeTape, profiling } = state;
  const tensors = tf.memory().numTensors;
  const depths = { kernelDepth, gradientDepth, profiling, tensors };
  return { scopeStack, activeScope, activeTape: activeTape ?? null, ...depths };
};

type Forever = (...values: unknown[]) => never;

/** Runs endless code, and terminates the code in V8 like ■: no `catch` and no `finally` runs. */
function cutOff(code: (forever: Forever) => void): void {
  const forever: Forever = () => {
    for (;;);
  };
  Object.assign(globalThis, { code: () => code(forever) });
  throws(() => runInThisContext('code()', { timeout: 50 }), /timed out/);
}

describe('calls of TensorFlow.js that an interrupt cuts off', () => {
  let variable: tf.Variable;
  let optimizer: tf.Optimizer;
  before(async () => {
    await tf.setBackend('cpu');
    variable = tf.tidy(() => tf.variable(tf.scalar(3)));
    optimizer = tf.train.sgd(1);
  });
  after(() => variable.dispose());

  const cases: Record<string, (forever: Forever) => void> = {
    'scopes in scopes': forever =>
      tf.tidy(() => {
        const x = tf.ones([2]);
        tf.tidy(() => forever(x.add(1).reshape([1, 2])));
      }),
    'a gradient': forever => tf.variableGrads(() => forever(variable.square().mul(variable))),
    'a step of an optimizer': forever => optimizer.minimize(() => forever(variable.square())),
    'an operation': forever => tf.customGrad(() => forever())(variable),
    'a profile': forever => tf.profile(forever),
  };
  for (const [title, code] of Object.entries(cases)) {
    it(`are ended with their tensors: ${title}`, () => {
      const original = structuredClone(nested());
      const endOpenCalls = markOpenCalls();
      cutOff(code);
      endOpenCalls();
      deepEqual(nested(), original);
      const slope = tf.grad(x => x.square())(variable);
      equal(slope.dataSync()[0], 6);
    });
  }

  it('are ended but for scopes opened before, kept tensors and variables', () => {
    tf.engine().startScope();
    const { activeScope } = nested();
    const endOpenCalls = markOpenCalls();
    const tensors: tf.Tensor[] = [];
    cutOff(forever =>
      tf.tidy(() => {
        tensors.push(tf.ones([1]), tf.keep(tf.ones([1])), tf.variable(tf.ones([1])));
        forever();
      }),
    );
    endOpenCalls();
    equal(nested().activeScope, activeScope);
    deepEqual(
      tensors.map(({ isDisposed }) => isDisposed),
      [true, false, false],
    );
    tf.engine().endScope();
  });

  it('release data once that others share', () => {
    releaseUnreachable();
    const x = tf.tensor1d([5, 7]);
    const endOpenCalls = markOpenCalls();
    cutOff(forever => {
      const backend = tf.backend();
      const disposeData = (id: object) =>
        forever(Reflect.deleteProperty(backend, 'disposeData'), backend.disposeData(id));
      tf.tidy(() => {
        x.reshape([1, 2]);
        Object.assign(backend, { disposeData });
      });
    });
    endOpenCalls();
    deepEqual([...x.dataSync()], [5, 7]);
  });
});
