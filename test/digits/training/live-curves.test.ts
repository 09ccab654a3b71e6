import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { useDevice } from '../../../lib/digits/device/use';
import { ORIGINAL_RUN } from '../../../lib/digits/figures/history-curves';
import type { FitArgs, TrainingHistory } from '../../../lib/digits/training/fit';
import { curves } from '../../../lib/digits/training/live-curves';
import '../../../lib/digits/training/methods';
import { PLOTLY } from '../../../lib/publish/notebook';
import { Session } from '../../../lib/tfjs-graph/native/session';
import { itNative } from '../../native';
import { captureOutput, compiledModel, digitsOf } from '../../support';
import { inNotebook, type Shown } from '../notebook/support';

/** Trains on 400 samples, 32 steps an epoch, with curves. */
async function train(
  { callbacks = [], ...args }: FitArgs = {},
  options?: Parameters<typeof curves>[0],
): Promise<TrainingHistory> {
  const [x, y] = digitsOf(400);
  const all = { batchSize: 10, epochs: 2, validationSplit: 0.2, verbose: 0, ...args } as const;
  return compiledModel().fit(x, y, { ...all, callbacks: [callbacks, curves(options)].flat() });
}

interface Drawn {
  data: { name: string; x: number[]; y: number[]; xaxis: string }[];
}

/** The final figure, after a single display showed only pictures. */
function figureLeft(shown: readonly Shown[]): Drawn & { text: string } {
  assert.equal(new Set(shown.map(({ id }) => id)).size, 1, 'one place');
  assert.deepEqual(
    shown.map(({ update }) => update),
    shown.map((_, i) => i > 0),
  );
  const pictures = shown.slice(0, -1);
  assert.ok(pictures.length >= 1 && pictures.every(({ data }) => data['text/html']));
  const last = shown.at(-1)?.data ?? {};
  return { ...(last[PLOTLY] as unknown as Drawn), text: String(last['text/plain']) };
}

const rounded = (values: readonly number[] = []) => values.map(v => Number(v.toPrecision(5)));

describe('curves', () => {
  before(() => useDevice('cpu'));

  it('leave a figure with every step, the history of the training, and another run', async () => {
    let history: TrainingHistory['history'] = {};
    const beside = ORIGINAL_RUN;
    const outputs = await inNotebook(async () => {
      ({ history } = await train({}, { beside }));
    });
    const { data, text } = figureLeft(outputs);
    const other = data.filter(({ name }) => /the original tutorial/.test(name ?? ''));
    assert.equal(other.length, 4);
    assert.deepEqual(other[0]?.y, rounded(beside.history.loss as number[]));
    const curves = data.filter(curve => !other.includes(curve));
    const [steps, training, validation] = curves.filter(({ xaxis }) => xaxis === 'x');
    assert.equal(steps?.y.length, 64);
    assert.ok(Number(steps?.y[0]) > 1 && Number(steps?.y[63]) < Number(steps?.y[0]) / 2);
    assert.deepEqual(training?.y, rounded(history.loss));
    assert.deepEqual(validation?.y, rounded(history.val_loss));
    const mean = (steps?.y ?? []).slice(0, 32).reduce((sum, loss) => sum + loss / 32, 0);
    assert.ok(Math.abs(mean - (history.loss?.[0] ?? 0)) < 1e-3, 'the steps are those of the epoch');
    const accuracy = curves.filter(({ xaxis }) => xaxis === 'x2').map(({ name }) => name);
    assert.deepEqual(accuracy, ['training, step', 'training, epoch', 'validation']);
    assert.match(text, /^Loss and accuracy during training\nLoss, step by step: \d/);
  });

  it('begin before the first progress line and grow while training goes on', async () => {
    // Longer than the interval of pictures, so each epoch shows a picture.
    const onEpochEnd = () => delay(120);
    const outputs = await inNotebook(async () => {
      const text = await captureOutput(() =>
        train({ epochs: 5, verbose: 1, callbacks: { onEpochEnd } }),
      );
      assert.match(text, /^Epoch 1\/5\n/);
    });
    figureLeft(outputs);
    assert.match(outputs[0]?.data['text/plain'] ?? '', /No step has been trained yet/);
    const pictures = new Set(outputs.slice(0, -1).map(({ data }) => data['text/html']));
    assert.ok(pictures.size >= 5, `only ${pictures.size} different pictures`);
  });

  itNative('leave several steps in a call to TensorFlow', async () => {
    // 64 steps of training; the number of calls depends on the time.
    const run = mock.method(Session.prototype, 'run');
    await inNotebook(() => train());
    run.mock.restore();
    const calls = run.mock.callCount();
    assert.ok(calls > 0 && calls < 48, `${calls} calls`);
  });

  it('leave a figure of what was trained where training fails, and the failure', async () => {
    const onBatchEnd = (batch: number) => {
      if (batch === 9) throw new Error('a fault in a callback');
    };
    const outputs = await inNotebook(() =>
      assert.rejects(train({ callbacks: { onBatchEnd } }), /a fault in a callback/),
    );
    const { data } = figureLeft(outputs);
    const lengths = data.map(({ name, y }) => `${name} ${y.length}`);
    assert.deepEqual(lengths, ['training, step 10', 'training, step 10']);
  });

  it('show nothing if training cannot begin', async () => {
    const [x, y] = digitsOf(10);
    const outputs = await inNotebook(() =>
      assert.rejects(compiledModel().fit(x, y.slice(0, 9), { callbacks: curves() }), /9 target/),
    );
    assert.deepEqual(outputs, []);
  });
});
