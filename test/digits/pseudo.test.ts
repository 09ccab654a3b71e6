/**
 * Texts for learners come from the tables of texts; only code, names and numbers remain.
 * Of wrong data, `input/wrong-data.system.ts` compares the messages with the tables.
 */
import { deepEqual } from 'node:assert/strict';
import { join } from 'node:path';
import { inspect } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import * as digits from 'digits';
import {
  ChecksumError,
  DownloadError,
  FileNotFoundError,
  loadData,
  NotIdxError,
  TruncatedError,
} from 'mnist-data-loader';
import { deviceOf } from '../../lib/digits/device/device';
import { parseDeviceKind, planDevice, planThreads } from '../../lib/digits/device/plan';
import { fashionMissing } from '../../lib/digits/device/platform-messages';
import { notFound } from '../../lib/digits/device/try-gpu';
import { likelyCause } from '../../lib/digits/input/not-finite';
import { messages, tables } from '../../lib/digits/language';
import { readShape } from '../../lib/mnist-data-loader/idx';
import { tables as loaderTables } from '../../lib/mnist-data-loader/language';
import { underPseudo, unmarkedWords } from '../pseudo';
import { compiledModel, digitsOf } from '../support';

/** Words of code, and names, that a text may hold. */
const NAMES =
  /^(Array|CPU|Float|GPU|Infinity|NaN|None|Uint|batch|batchSize|complex|cpu|data[dD]ir|dir|download|epochs|evaluate|fashion|file|fit|float|gpu|gz|idx|images|int|mirrors|minst|mnist|model|name|network|my|nudge|saveModel|x|nan|nowhere|predict|progress|size|stallTimeout|string|summary|train|ubyte|undefined|validationData|validationSplit|warn|wasm)$/;

describe('a pseudo-language', () => {
  const [x, y] = digitsOf(20);
  const model = compiledModel();
  before(() => digits.useDevice('cpu').then(() => {}));

  /** Runs a program under the pseudo-language, in both packages, and finds texts from outside the tables. */
  async function says(run: () => unknown): Promise<string[]> {
    let output = '';
    await underPseudo(tables, 'en', () =>
      underPseudo(loaderTables, 'en', async () => {
        try {
          output = String(await run());
        } catch (error) {
          output = (error as Error).message;
        }
      }),
    );
    return output.includes('\u0323')
      ? unmarkedWords(output).filter(word => !NAMES.test(word))
      : [`nothing of the table: ${output}`];
  }

  const calls: Record<string, () => unknown> = {
    'no model': () => digits.saveModel(undefined as never, 'mine'),
    'labels that are no classes': () => model.evaluate(x, y.add(1)),
    'no such device': () => parseDeviceKind('GPU-7'),
    'no number of threads': () => planThreads('nan'),
    'why a GPU is not found': () => notFound('7'),
    'why a device runs': () =>
      planDevice(undefined, { platform: '1', arch: '2', addon: false }).why,
    'a device': () => inspect(deviceOf({ kind: 'wasm', engine: '7', hardware: '8', why: '9' })),
    'what a model is trained by': () => messages().device.fallback('7', 'operation', '7'),
    'no Fashion-MNIST': () => fashionMissing(new FileNotFoundError('7', [])),
    'a cause': () => likelyCause({ x: x.mul(255) }, tf.train.sgd(1000)),
    'an interrupted training': () => messages().training.interrupted(1, 2, 3),

    'a line cut short': () => digits.drawn('d1.'),
    'a changed line': () => digits.drawn('d1.AAAAAAAAA'),
    'a line of another version': () => digits.drawn('d7.'),
    'no line of a class': () => digits.drawnSet('7'),

    'a file that is not there': () => loadData({ dir: join('/', 'nowhere') }),
    'a checksum': () => new ChecksumError('file', '1', '2').message,
    'a download': () =>
      new DownloadError('file', [{ url: '7', reason: { en: '', zh: '' } }], '8').message,
    'no mirror': () => new DownloadError('file', [], '8').message,
    'a file cut short': () => new TruncatedError('file', 7, 6).message,
    'a file of another kind': () => readShape(Buffer.from('x'), 'file'),
    'a web page': () => new NotIdxError('file', { en: '7', zh: '7' }).message,
    'an unknown set': () => loadData({ name: 'minst' as never }),
    'an unknown option': () => loadData({ datadir: '' } as never),
    'a wrong option': () => loadData({ progress: {} } as never),
  };
  for (const [what, call] of Object.entries(calls)) {
    it(`says ${what}`, async () => deepEqual(await says(call), []));
  }
});
