/** The sentences on a run, also of odd ones, in both languages. */
import assert from 'node:assert/strict';
import { useDevice } from '../../../lib/digits/device/use';
import * as findings from '../../../lib/digits/findings';
import { type Language, setLanguage } from '../../../lib/digits/language';
import type { OneStep } from '../../../lib/digits/network/one-step';
import { fit } from '../../../lib/digits/training/fit';
import { compiledModel, digitsOf, printed } from '../../support';

const history = (loss: number[], validation?: number[], right?: [number, number?]) => ({
  loss,
  ...(validation && { val_loss: validation }),
  ...(right && { sparse_categorical_accuracy: loss.map(() => right[0]) }),
  ...(right?.[1] !== undefined && { val_sparse_categorical_accuracy: [right[1]] }),
});
const step = (loss: number, lossAfter: number) =>
  ({ loss, lossAfter, picture: { probabilities: new Float32Array(10) } }) as OneStep;
const overfitted = history([0.3, 0.2, 0.1, 0.05], [0.2, 0.1, 0.12, 0.13]);
const trained = history([0.06], [0.1], [0.981, 0.972]);
const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const next = all.map(digit => (digit + 1) % 10);

const SAYS: readonly (readonly [what: string, say: () => void, en: RegExp, zh: RegExp])[] = [
  [
    'nothing learnt',
    () => findings.untrained([[0.05, 0.15, ...Array(8).fill(0.1)]]),
    /15%, for 1; .* each digit 10%.* knows nothing yet/,
    /15%，给了数字 1；.*每个数字都是 10%.*什么都不懂/,
  ],
  [
    'much certainty',
    () => findings.untrained([0.91, ...Array(9).fill(0.01)]),
    /91%, for 0;.* very sure .*stage 5/,
    /91%.*不太寻常/,
  ],
  [
    'a step down',
    () => findings.oneStep(step(2.37, 1.83)),
    /2\.37, near ln 10 ≈ 2\.30.* 1\.83, 23% smaller/,
    /2\.37，接近 ln 10.*1\.83，减小了 23%/,
  ],
  [
    'a step too long',
    () => findings.oneStep(step(2.3, 3.1)),
    /3\.10, 35% larger: the step was too long/,
    /反而增大了 35%/,
  ],
  [
    'a step of a trained network',
    () => findings.oneStep(step(0.1, 0.1)),
    /well below .*learnt already.* hardly different/,
    /已经学过了.*几乎没有变/,
  ],
  [
    'a step of a network that errs',
    () => findings.oneStep(step(7, 6)),
    /well above .*worse than guessing/,
    /比瞎猜还差/,
  ],
  [
    'a training',
    () => findings.training(history([0.33, 0.06], [0.18, 0.09], [0.981, 0.974])),
    /^In 2 epochs .* from 0\.3300 to 0\.0600\. .* 98\.1% .* 97\.4% .*0\.7 percentage points apart\. .*still falling/,
    /^训练 2 轮.*从 0\.3300 降到 0\.0600.*相差 0\.7 个百分点.*还在下降/,
  ],
  [
    'overfitting',
    () => findings.training(overfitted),
    /lowest in epoch 2, at 0\.1000, .*sign of overfitting/,
    /第 2 轮最低.*过拟合/,
  ],
  [
    'a last epoch without a new low',
    () => findings.training(history([0.3, 0.2, 0.1], [0.2, 0.1, 0.11])),
    /lowest in epoch 2, at 0\.1000, and has not fallen below that since\.$/,
    /此后没有再创新低。$/,
  ],
  [
    'an unsteady validation',
    () => findings.training(history([0.3, 0.2, 0.1], [0.2, 0.3, 0.1])),
    /up and down, and was lowest at the end/,
    /时升时降/,
  ],
  [
    'one epoch',
    () => findings.training(history([0.33], [0.18], [0.9, 0.95])),
    /^After one epoch .* 0\.3300\. The validation loss is 0\.1800\. .*averages the whole epoch/,
    /^训练一轮.*整轮的平均/,
  ],
  [
    'a loss that rises',
    () => findings.training(history([0.3, 2.3])),
    /rose from 0\.3000 to 2\.3000: .*learning rate.*overfitting would go unseen/,
    /反而从 0\.3000 升到 2\.3000.*没有留出验证样本/,
  ],
  [
    'a loss that stays',
    () => findings.training(history([2.3, 2.3], [2.4, 2.5])),
    /as in the first epoch: the network has learnt nothing.* rose from 2\.4000 to 2\.5000/,
    /什么也没有学到.*升到 2\.5000/,
  ],
  [
    '50 epochs',
    () => findings.training(history(Array.from({ length: 50 }, (_, i) => 1 / (i + 1)))),
    /^In 50 epochs .* to 0\.0200/,
    /^训练 50 轮/,
  ],
  [
    'an interrupted run',
    () => findings.training({ epoch: [], history: {} }),
    /ended before its first epoch/,
    /第一轮还没有结束/,
  ],
  [
    'a test',
    () => findings.test(trained, 0.09, 0.9713),
    /2\.9 are wrong; in training it was 1\.9 .*0\.090, and was 0\.060 .* 1\.5 times as often .*it generalises/,
    /认错 2\.9 张；.*认错 1\.9 张.*1\.5 倍.*泛化/,
  ],
  [
    'a test as good',
    () => findings.test(trained, 0.06, 0.981),
    /as well as those of training/,
    /认得一样好/,
  ],
  [
    'a test much worse',
    () => findings.test(trained, 0.2, 0.95),
    /at least twice as often .*overfitting/,
    /两倍.*过拟合/,
  ],
  [
    'a test without accuracy before',
    () => findings.test(history([]), 0.2, 0.95),
    /^Of a hundred test pictures 5\.0 are wrong\.$/,
    /^测试图片一百张认错 5\.0 张。$/,
  ],
  [
    'a test that is guessed',
    () => findings.test(trained, 2.4, 0.1),
    /90\.0 are wrong.*about as good as guessing/,
    /和瞎猜差不多/,
  ],
  [
    'a test without an error',
    () => findings.test(trained, 0, 1),
    /^Not one test picture is wrong/,
    /一张也没有认错/,
  ],
  [
    'fewer errors',
    () => findings.baselines(0.9713),
    /7\.7 of a hundred .*here 2\.9: .* leaves only 37%.* better still: about 0\.9/,
    /错的张数只有原来的 37%.*还要好/,
  ],
  [
    'more errors',
    () => findings.baselines(0.1),
    /here 90\.0: this network is no better/,
    /并没有更好/,
  ],
  [
    'as few as a convolution',
    () => findings.baselines(0.993),
    /as good as a small convolutional/,
    /一样好/,
  ],
  [
    'a mistake that people make',
    () => findings.mistakes([4, 4, 4, 2], [9, 9, 4, 2]),
    /4 taken for 9, twice\. People mix these two up as well\. Hardest to read: 4, with 66/,
    /4 被认作 9，2 次。.*人也会看错.*最难认的是 4/,
  ],
  [
    'mistakes as common',
    () => findings.mistakes([1, 2, 3], [7, 3, 3]),
    /once each: 1 taken for 7, 2 taken for 3\. Hardest to read: 1, 2/,
    /各 1 次：1 被认作 7、2 被认作 3。最难认的是 1、2/,
  ],
  [
    'nothing but mistakes',
    () => findings.mistakes(all, next),
    /^In this run no mistake came more than once\.$/,
    /^这次运行，同一种错误最多 1 次。$/,
  ],
  [
    'no mistake',
    () => findings.mistakes([1, 2], [1, 2]),
    /^Not one picture is misread\.$/,
    /^一张也没有认错。$/,
  ],
  [
    'four right',
    () => findings.firstFour([7, 2, 1, 0], [7, 2, 1, 0]),
    /^All 4 are right: 7, 2, 1, 0\.$/,
    /^4 张全部认对：7、2、1、0。$/,
  ],
  [
    'some wrong',
    () => findings.firstFour([7, 8], [7, 3]),
    /^1 of 2 is right; number 2 is an 8 taken for 3\.$/,
    /^2 张认对 1 张：第 2 张是 8，被认作 3。$/,
  ],
];

describe('findings', () => {
  for (const [what, say, en, zh] of SAYS) {
    it(`read well of ${what}`, async () => {
      for (const [language, pattern] of Object.entries({ en, zh })) {
        setLanguage(language as Language);
        const said = await printed(say);
        assert.match(said, pattern);
        assert.doesNotMatch(said, /NaN|Infinity|undefined/);
      }
    });
  }

  it('tell a training that ended early by what was asked of fit', async () => {
    await printed(() => useDevice());
    const model = compiledModel();
    const [x, y] = digitsOf(20);
    const callbacks = {
      onEpochEnd: async () => {
        model.stopTraining = true;
      },
    };
    const ended = await fit(model, x, y, { epochs: 5, verbose: 0, callbacks });
    const said = await printed(() => findings.training(ended));
    assert.match(said, /^Training ended early, after 1 of 5 epochs\. After one epoch/);
  });

  it('refuse what is no result, and say where to get it', () => {
    const none = undefined as never;
    assert.throws(() => findings.untrained(none), /probabilities/);
    assert.throws(
      () =>
        findings.untrained([
          [0.5, 0.5],
          [0.5, 0.5],
        ]),
      /one picture.*received \[2, 2\]/,
    );
    assert.throws(() => findings.oneStep(none), /step = digits\.oneStep\(model, x64, y64\)/);
    assert.throws(() => findings.training(none), /history = await digits\.fit/);
    assert.throws(() => findings.test(trained, none, 0.9), /pass both/);
    assert.throws(() => findings.test(trained, 0.1, 97), /accuracy from 0 to 1 but received 97/);
    assert.throws(() => findings.baselines(none), /accuracy from 0 to 1 but received undefined/);
    assert.throws(() => findings.mistakes([1, 2], [1]), /2 labels|labels/);
    assert.throws(() => findings.firstFour([1], none), /predictions/);
  });
});
