/** Model: one more layer, why relu, and what softmax computes. */
import * as tf from '@tensorflow/tfjs';
import { activationsOf, theNetwork } from './activations';
import { type Exercise, Mistake, refute } from './exercise';
import { merge } from './merge';
import { softmax } from './softmax';
import { shown } from './values';

const deeper: Exercise = {
  id: '5.1',
  verify(answer) {
    const model = theNetwork(answer, { hidden: 2 });
    const activations = activationsOf(model);
    const hidden = activations.slice(0, -1);
    const linear = hidden.indexOf('linear') + 1;
    refute(linear > 0, {
      zh: `第 ${linear} 个隐含层没有激活函数。两个线性的层相接，仍然只相当于一个线性层，5.2 会证明这一点。`,
      en: `Hidden layer ${linear} has no activation. Two linear layers in a row are still one linear layer, as 5.2 shows.`,
    });
    const outputs = tf.tidy(() => {
      const output = model.predict(tf.randomUniform([4, 28, 28])) as tf.Tensor2D;
      return output.arraySync();
    });
    const sums = outputs.map(output => output.reduce((a, b) => a + b));
    if (sums.some(sum => Math.abs(sum - 1) > 1e-4) || outputs.flat().some(output => output < 0)) {
      const last = activations.at(-1);
      throw new Mistake({
        zh: `十个输出不是概率：它们的和是 ${shown(sums[0])}，不是 1。输出层${last === 'linear' ? '少了 softmax' : `的激活函数是 ${last}，应当是 softmax`}。`,
        en: `The ten outputs are not probabilities: they add up to ${shown(sums[0])}, not to 1. The output layer ${last === 'linear' ? 'lacks softmax' : `has ${last} where softmax should be`}.`,
      });
    }
    return {
      zh: '两个隐含层都有激活函数，最后是 softmax。它有多少个参数，第 6 阶段来算。',
      en: 'Both hidden layers have an activation, and softmax comes last. How many parameters does it have? That is for stage 6.',
    };
  },
  hints: [
    {
      zh: '与课程中的模型一样，只是在两个 Dense 层之间再加一个 Dense 层，它也要有激活函数。',
      en: "It is the lesson's model with one more Dense layer between its two; that layer needs an activation, too.",
    },
    {
      zh: "依次 add：flatten({ inputShape: [28, 28] })，两个 dense({ units: …, activation: 'relu' })，一个 dense({ units: 10, activation: 'softmax' })。",
      en: "Add in turn: flatten({ inputShape: [28, 28] }), two dense({ units: …, activation: 'relu' }), one dense({ units: 10, activation: 'softmax' }).",
    },
  ],
};

export const stage5 = [deeper, merge, softmax];
