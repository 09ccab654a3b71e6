/** The sentences on a run, also of odd ones, in both languages. */
import assert from 'node:assert/strict';
import { useDevice } from '../../../lib/digits/device/use';
import * as findings from '../../../lib/digits/findings';
import { type Language, setLanguage } from '../../../lib/digits/language';
import '../../../lib/digits/training/methods';
import { compiledModel, digitsOf, printed } from '../../support';
import { readData } from '../../texts';

interface Case extends Readonly<Record<Language, string>> {
  readonly call: readonly [name: string, ...given: unknown[]];
}

const cases = readData<Readonly<Record<string, Case>>>('digits/findings/findings.yml');

const functions: Readonly<Record<string, (...given: never[]) => void>> = { ...findings };

function say({ call: [name, ...given] }: Case): void {
  functions[name]?.(...(given as never[]));
}

describe('findings', () => {
  for (const [what, each] of Object.entries(cases)) {
    it(`read well of ${what}`, async () => {
      for (const language of ['en', 'zh'] as const) {
        setLanguage(language);
        const output = await printed(() => say(each));
        assert.match(output, new RegExp(each[language]));
        assert.doesNotMatch(output, /NaN|Infinity|undefined/);
      }
    });
  }

  it('tell a training that ended early by what was asked of model.fit', async () => {
    await printed(() => useDevice());
    const model = compiledModel();
    const [x, y] = digitsOf(20);
    const callbacks = {
      onEpochEnd: async () => {
        model.stopTraining = true;
      },
    };
    const ended = await model.fit(x, y, { epochs: 5, verbose: 0, callbacks });
    const output = await printed(() => findings.training(ended));
    assert.match(output, /^Training ended early, after 1 of 5 epochs\. After one epoch/);
  });

  it('refuse what is no result, and say where to get it', () => {
    const missing = undefined as never;
    const history = { loss: [0.06], accuracy: [0.981] };
    assert.throws(() => findings.training(missing), /history = await model\.fit/);
    assert.throws(() => findings.test(history, missing, 0.9), /pass both/);
    assert.throws(() => findings.test(history, 0.1, 97), /accuracy from 0 to 1 but received 97/);
    assert.throws(() => findings.baselines(missing), /accuracy from 0 to 1 but received undefined/);
    assert.throws(() => findings.mistakes([1, 2], [1]), /2 labels|labels/);
    assert.throws(() => findings.firstFour([1], missing), /predictions/);
  });
});
