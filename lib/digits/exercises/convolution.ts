/** A small convolution, which beats the network of the lesson. */
import type * as tf from '@tensorflow/tfjs';
import { grouped, percent } from '../format';
import { type Exercise, refute } from './exercise';
import { layersWithWeights } from './layers';
import { testAccuracy } from './sets';
import { theModel } from './values';

/** What the network of the lesson does not reach. */
const GOOD = 0.975;

export const convolution: Exercise = {
  id: '10.4',
  async verify(answer) {
    const model = theConvolution(answer);
    const accuracy = await testAccuracy(model, 10_000);
    refute(accuracy < GOOD && !model.optimizer?.iterations, {
      zh: '这个模型还没有训练过。先 compile，再 await fit(…)。',
      en: 'This model was not trained. First compile, then await fit(…).',
    });
    refute(accuracy < 0.5, {
      zh: `10\u202f000 张测试图片只认出 ${percent(accuracy, 1)}。像素要除以 255，也就是用 xTrain；输出层要用 softmax。`,
      en: `Only ${percent(accuracy, 1)} of the 10,000 test pictures are recognised. The pixels have to be divided by 255, as those of xTrain are, and the output needs softmax.`,
    });
    refute(accuracy < GOOD, {
      zh: `10\u202f000 张测试图片认出 ${percent(accuracy, 1)}，还没有超过 97.5%（课程的网络约为 97%）。用全部训练样本，多训练几轮，或者再加一组卷积和池化。`,
      en: `${percent(accuracy, 1)} of the 10,000 test pictures are recognised, not yet above 97.5% (the network of the lesson: about 97%). Train on all samples and for more epochs, or add another convolution with pooling.`,
    });
    return {
      zh: `10\u202f000 张测试图片认出 ${percent(accuracy, 1)}，参数 ${grouped(model.countParams())} 个。卷积在图上到处用同一组权重，所以一笔一划移动一点，它照样认得。`,
      en: `${percent(accuracy, 1)} of the 10,000 test pictures are recognised, with ${grouped(model.countParams())} parameters. A convolution uses the same weights all over the picture, so it still recognises a stroke that has moved a little.`,
    };
  },
  hints: [
    {
      zh: '依次 add：conv2d（写明 inputShape: [28, 28, 1]），maxPooling2d，flatten，最后是 softmax 的 dense。训练时把 xTrain 变成 [-1, 28, 28, 1]。',
      en: 'Add in turn: conv2d (with inputShape: [28, 28, 1]), maxPooling2d, flatten, and at the end dense with softmax. For training, reshape xTrain to [-1, 28, 28, 1].',
    },
    {
      zh: "conv2d({ filters: 16, kernelSize: 5, activation: 'relu', … })，maxPooling2d({ poolSize: 2 })，flatten()，64 个和 10 个神经元的 dense；compile 与课程相同；用全部样本训练 4 轮。",
      en: "conv2d({ filters: 16, kernelSize: 5, activation: 'relu', … }), maxPooling2d({ poolSize: 2 }), flatten(), dense with 64 and with 10 units; compile as in the lesson, and train on all samples for 4 epochs.",
    },
  ],
};

/** Takes a model with a convolution: pictures of 28 × 28 in, with or without a channel, ten numbers out. */
function theConvolution(answer: unknown): tf.LayersModel {
  const model = theModel(answer);
  const [input, output] = [model.inputs[0]?.shape, model.outputs[0]?.shape];
  const kinds = layersWithWeights(model).map(layer => layer.getClassName());
  refute(!kinds.some(kind => /Conv2D/.test(kind)), {
    zh: `没有二维的卷积层（conv2d），只有 ${kinds.join('、')}。`,
    en: `There is no layer conv2d, only ${kinds.join(', ')}.`,
  });
  const sample = input?.slice(1);
  refute(!['28,28,1', '28,28'].includes(String(sample)), {
    zh: `每个样本的形状应当是 [28, 28, 1]：28 行，28 列，1 个通道（灰度）；现在是 [${sample}]。`,
    en: `A sample should have the shape [28, 28, 1]: 28 rows, 28 columns, 1 channel of grey; now it is [${sample}].`,
  });
  refute(output?.length !== 2, {
    zh: `输出的形状是 [${output?.slice(1)}]，还是一张张小图。卷积之后要用 flatten 展平，再接 dense。`,
    en: `The output has the shape [${output?.slice(1)}]: still small pictures. After the convolution comes flatten, then dense.`,
  });
  refute(output?.[1] !== 10, {
    zh: `每张图片应当得到十个数，现在是 ${output?.[1]} 个。`,
    en: `There should be ten numbers for each picture; now there are ${output?.[1]}.`,
  });
  return model;
}
