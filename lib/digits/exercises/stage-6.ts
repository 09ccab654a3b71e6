/** Summary: parameters, counted. */
import type * as tf from '@tensorflow/tfjs';
import { grouped } from '../format';
import { theNetwork } from './activations';
import { computing, wholeNumber } from './compare';
import { integer } from './drawn';
import { type Exercise, refute } from './exercise';
import { layersWithWeights } from './layers';
import { given, shown, theFields, theNumber } from './values';

const denseParameters = computing<[inputs: number, units: number], number>({
  id: '6.1',
  cases: [
    [784, 128],
    [3, 7],
    [9, 4],
  ],
  draw: () => [[integer(5, 60), integer(5, 60)]],
  named: (inputs, units) => ({
    zh: `${inputs} 个输入，${units} 个神经元`,
    en: `${inputs} inputs, ${units} units`,
  }),
  right: (inputs, units) => inputs * units + units,
  wrong: [
    {
      of: (inputs, units) => inputs * units,
      zh: '您只数了权重，漏了偏置。每个神经元有一个偏置。',
      en: 'You counted the weights but not the biases; each unit has one.',
    },
    {
      of: (inputs, units) => inputs * units + inputs,
      zh: '偏置是每个神经元一个，不是每个输入一个。',
      en: 'There is one bias for each unit, not for each input.',
    },
    {
      of: (inputs, units) => inputs * units + 1,
      zh: '偏置不是整层共用一个，而是每个神经元一个。',
      en: 'The layer does not share one bias; each unit has its own.',
    },
    {
      of: (inputs, units) => inputs * units + inputs + units,
      zh: '输入没有偏置，只有神经元才有。',
      en: 'The inputs have no biases; only the units have.',
    },
    {
      of: (inputs, units) => inputs + units,
      zh: '每个神经元都与每个输入相连，每条连接有一个权重，所以要相乘。',
      en: 'Each unit is connected to each input, and each connection has a weight: multiply.',
    },
    {
      of: inputs => inputs + 1,
      zh: '这是一个神经元的参数，一层有许多个神经元。',
      en: 'These are the parameters of one unit; the layer has many units.',
    },
    {
      of: (_, units) => units,
      zh: '您只数了偏置，漏了权重。',
      en: 'You counted the biases but not the weights.',
    },
    {
      of: () => 784 * 128 + 128,
      zh: '这总是课程里那一层的参数，没有用到 inputs 和 units。',
      en: 'This is always the layer of the lesson; inputs and units are not used.',
    },
  ],
  ...wholeNumber,

  praise: {
    zh: '权重的个数是输入乘以神经元，偏置每个神经元一个。课程的模型里，大部分参数在第一层：784 × 128。',
    en: 'The weights number inputs times units, and each unit has one bias. Most parameters of the lesson’s model are in its first layer: 784 × 128.',
  },
  hints: [
    {
      zh: '一个神经元有多少个权重？加上它的偏置，再乘以神经元的个数。',
      en: 'How many weights does one unit have? Add its bias, then multiply by the number of units.',
    },
    {
      zh: 'inputs * units 是权重，还要加上偏置。',
      en: 'inputs * units are the weights; now add the biases.',
    },
  ],
});

const sizeOf = ({ shape }: { shape: tf.Shape }): number =>
  shape.reduce<number>((product, size) => product * (size ?? 1), 1);

const slim: Exercise = {
  id: '6.2',
  verify(answer) {
    const fields = theFields(answer, ['model', 'parameters']);
    const model = theNetwork(fields.model, { hidden: 2 });
    const parameters = theNumber(given(fields.parameters));
    const actual = model.countParams();
    const layers = layersWithWeights(model);
    refute(actual >= 101_770, {
      zh: `这个模型有 ${grouped(actual)} 个参数，不少于 101 770 个。第一个隐含层最费参数：每个神经元 785 个。`,
      en: `This model has ${grouped(actual)} parameters, not fewer than 101,770. The first hidden layer costs most: 785 for each unit.`,
    });
    const weights = model.weights.filter(({ shape }) => shape.length > 1);
    const biases = actual - weights.reduce((sum, weight) => sum + sizeOf(weight), 0);
    const output = layers.at(-1)?.countParams() ?? 0;
    const mistakes = [
      {
        of: actual - biases,
        zh: `这只是权重，漏了 ${biases} 个偏置。`,
        en: `These are the weights alone; ${biases} biases are missing.`,
      },
      {
        of: actual - output,
        zh: `漏了输出层的 ${output} 个。`,
        en: `The ${output} of the output layer are missing.`,
      },
      {
        of: layers[0]?.countParams(),
        zh: '这只是第一个隐含层的，还有后面两层。',
        en: 'These are those of the first hidden layer; two layers follow.',
      },
      {
        of: 101_770,
        zh: '这是课程里那个模型的参数个数。',
        en: 'That is the model of the lesson.',
      },
    ] as const;
    const why = mistakes.find(({ of }) => of === parameters) ?? {
      zh: '逐层来算，每层用 6.1 的办法：Flatten 给出 784 个数，没有参数；后一层的输入，是前一层的神经元。',
      en: 'Count layer by layer, as in 6.1: Flatten hands on 784 numbers and has no parameters; the inputs of a layer are the units of the one before.',
    };
    refute(parameters !== actual, {
      zh: `模型够小了，但参数不是 ${shown(parameters)} 个。${why.zh}`,
      en: `The model is small enough, but its parameters are not ${shown(parameters)}. ${why.en}`,
    });
    return {
      zh: `${grouped(actual)} 个参数：更深，却更小。层数多，参数不一定多，要看第一层有多宽。`,
      en: `${grouped(actual)} parameters: deeper, yet smaller. More layers need not mean more parameters; what counts is the width of the first.`,
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
