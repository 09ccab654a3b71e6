/** Summary: parameters, counted. */
import { type Exercise, Mistake, refute } from './exercise';
import { denseActivations } from './stage-5';
import { given, shown, theDigitModel, theFields, theFunction, theNumber } from './values';

const denseParameters: Exercise = {
  id: '6.1',
  async verify(answer) {
    const call = theFunction(answer);
    for (const [inputs, units] of [
      [784, 128],
      [128, 10],
      [3, 1],
      [20, 50],
    ] as const) {
      const got = theNumber(await call(inputs, units));
      const expected = inputs * units + units;
      if (got === expected) continue;
      const layer = {
        zh: `${inputs} 个输入，${units} 个神经元`,
        en: `${inputs} inputs, ${units} units`,
      };
      refute(got === inputs * units, {
        zh: `${layer.zh}：您数了权重，漏了偏置。每个神经元有一个偏置。`,
        en: `${layer.en}: you counted the weights and forgot the biases, one for each unit.`,
      });
      refute(got === inputs * units + inputs, {
        zh: `${layer.zh}：偏置是每个神经元一个，不是每个输入一个。`,
        en: `${layer.en}: there is one bias for each unit, not for each input.`,
      });
      refute(got === inputs * units + 1, {
        zh: `${layer.zh}：不是整层共用一个偏置，而是每个神经元一个。`,
        en: `${layer.en}: the layer does not share one bias; each unit has its own.`,
      });
      throw new Mistake({
        zh: `${layer.zh}：应当是 ${expected} 个参数，您得到 ${shown(got)}。`,
        en: `${layer.en}: that is ${expected} parameters; yours is ${shown(got)}.`,
      });
    }
    return {
      zh: '权重是输入乘以神经元，偏置每个神经元一个。大部分参数在第一层：784 × 128。',
      en: 'Weights: inputs times units. Biases: one a unit. Most of the parameters are in the first layer: 784 × 128.',
    };
  },
  hints: [
    {
      zh: '一个神经元有多少个权重？再加上它的偏置。然后乘以神经元的个数。',
      en: 'How many weights has one unit? Add its bias. Then multiply by the number of units.',
    },
    {
      zh: 'inputs * units 是权重，还要加上偏置。',
      en: 'inputs * units are the weights; the biases come on top.',
    },
  ],
};

const slim: Exercise = {
  id: '6.2',
  verify(answer) {
    const fields = theFields(answer, ['model', 'parameters']);
    const model = theDigitModel(fields.model);
    const parameters = theNumber(given(fields.parameters));
    const actual = model.countParams();
    const hidden = denseActivations(model).length - 1;
    refute(hidden < 2, {
      zh: '要两个隐含层，输出层不算。',
      en: 'Two hidden layers are wanted, not counting the output.',
    });
    refute(actual >= 101_770, {
      zh: `这个模型有 ${actual} 个参数，不比 101 770 少。第一个隐含层最费参数：每个神经元 785 个。`,
      en: `This model has ${actual} parameters, not fewer than 101,770. The first hidden layer costs most: 785 for each unit.`,
    });
    const biases = model.layers
      .flatMap(layer => layer.weights)
      .filter(({ shape }) => shape.length === 1)
      .reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
    refute(parameters === actual - biases, {
      zh: `您算的 ${parameters} 只是权重，漏了 ${biases} 个偏置。`,
      en: `Your ${parameters} are the weights alone; ${biases} biases are missing.`,
    });
    refute(parameters !== actual, {
      zh: `模型够小了，但参数不是 ${shown(parameters)} 个。逐层来算，每层用 6.1 的办法。`,
      en: `The model is small enough, but it has not ${shown(parameters)} parameters. Count layer by layer, as in 6.1.`,
    });
    return {
      zh: `${actual} 个参数，更深，却更小。层数多不一定参数多，要看第一层有多宽。`,
      en: `${actual} parameters: deeper, and yet smaller. More layers need not mean more parameters; it is the width of the first that counts.`,
    };
  },
  hints: [
    {
      zh: '让第一个隐含层少于 128 个神经元。每层的参数：输入 × 神经元 + 神经元。',
      en: 'Give the first hidden layer fewer than 128 units. Parameters of a layer: inputs × units + units.',
    },
    {
      zh: '例如 64 和 32：784 × 64 + 64，64 × 32 + 32，还有输出层；三个数加起来。',
      en: 'For instance 64 and 32: 784 × 64 + 64, 64 × 32 + 32, and the output layer; add the three.',
    },
  ],
};

export const stage6 = [denseParameters, slim];
