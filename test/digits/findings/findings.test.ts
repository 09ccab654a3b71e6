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

/** Calls a function of findings; a step is given the probabilities of ten digits. */
function say({ call: [name, first, ...others] }: Case): void {
  const picture = { probabilities: new Float32Array(10) };
  const given = name === 'oneStep' ? { ...(first as object), picture } : first;
  functions[name]?.(...([given, ...others] as never[]));
}

describe('findings', () => {
  for (const [what, each] of Object.entries(cases)) {
    it(`read well of ${what}`, async () => {
      for (const language of ['en', 'zh'] as const) {
        setLanguage(language);
        const said = await printed(() => say(each));
        assert.match(said, new RegExp(each[language]));
        assert.doesNotMatch(said, /NaN|Infinity|undefined/);
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
    const said = await printed(() => findings.training(ended));
    assert.match(said, /^Training ended early, after 1 of 5 epochs\. After one epoch/);
  });

  it('refuse what is no result, and say where to get it', () => {
    const none = undefined as never;
    const history = { loss: [0.06], accuracy: [0.981] };
    assert.throws(() => findings.oneStep(none), /step = digits\.oneStep\(model, x64, y64\)/);
    assert.throws(() => findings.training(none), /history = await model\.fit/);
    assert.throws(() => findings.test(history, none, 0.9), /pass both/);
    assert.throws(() => findings.test(history, 0.1, 97), /accuracy from 0 to 1 but received 97/);
    assert.throws(() => findings.baselines(none), /accuracy from 0 to 1 but received undefined/);
    assert.throws(() => findings.mistakes([1, 2], [1]), /2 labels|labels/);
    assert.throws(() => findings.firstFour([1], none), /predictions/);
  });
});
