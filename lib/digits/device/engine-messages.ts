/** What the engine's errors say to a learner, in the lesson's languages. */
import {
  type BadInput,
  type Cause,
  InputError,
  type NotFinite,
  NotFiniteError,
  NotRecordableError,
  type NotTrainable,
  type NotWasmError,
  TrainingError,
} from 'tfjs-graph';
import { type Text, text } from '../language';
import { OTHER_ENGINE } from '../text/platform-messages';

/** The same error, with a learner's words where it is one of the engine's. */
export function inWords<E>(error: E): E {
  const words = wordsOf(error);
  return words && error instanceof Error ? reworded(error, text(words)) : error;
}

/** The same error with another message; its stack, which repeats the message, follows. */
export function reworded<E extends Error>(error: E, message: string): E {
  const stack = error.stack?.replace(error.message, () => message);
  return Object.assign(error, { message, stack });
}

function wordsOf(error: unknown): Text | undefined {
  if (error instanceof NotFiniteError) return notFiniteText(error.data);
  if (error instanceof TrainingError) return notTrainableText(error.data);
  if (error instanceof InputError) return inputText(error.data);
  return undefined;
}

/** Why a model trains by TensorFlow.js's own steps. */
export function fallbackText(why: NotRecordableError | NotWasmError): Text {
  const zh = why instanceof NotRecordableError ? notRecordable(why) : NOT_WASM[why.code];
  return {
    zh: `这个模型改用 TensorFlow.js 自己的训练步骤，速度较慢，原因：${zh}。\n`,
    en: `This model is trained by TensorFlow.js's own steps, which are slower, because ${why.reason}.\n`,
  };
}

function notRecordable({ data }: NotRecordableError): string {
  switch (data.code) {
    case 'no-native-engine':
      return '计算图只能在原生引擎上运行';
    case 'reads-back':
      return '它在计算途中把张量读回 JavaScript';
    case 'other-operations':
      return '它每一步执行的运算并不相同';
    case 'new-numbers':
      return '它在每一步用 JavaScript 生成新的数值（例如随机噪声）';
    case 'foreign-tensor':
      return '它用到了不属于 TensorFlow.js 的张量';
    case 'constant-type':
      return '它用到了 float32、int32、bool 以外的常数';
    case 'stateful':
      return `其中的 ${data.layer} 层把状态从一批带到下一批（stateful）`;
    case 'graph-refused':
      return `TensorFlow 不接受它的计算图（${data.message}）`;
    case 'folder-unwritable':
      return `它的计算图无法写入临时文件夹（${data.message}）`;
  }
}

const NOT_WASM: Readonly<Record<NotWasmError['code'], string>> = {
  layers:
    '它不是由 Dense、Conv2D（通道在最后、不带空洞）、MaxPooling2D、Dropout、Activation、Flatten、Reshape 这几种层依次连成的',
  activation:
    '它的激活函数不全在支持之列：隐含层限于 linear、relu、sigmoid、tanh，输出层限于 softmax',
  penalty: '它的层带有正则化或约束',
  loss: '它的损失不是 sparseCategoricalCrossentropy 或 categoricalCrossentropy，或者有准确率以外的指标',
  labels: '它的标签不是 one-hot 编码',
  frozen: '它的一部分权重被冻结，不参加训练',
  optimizer: '它的优化器不是 SGD（带不带动量都行）、Adam、Adagrad 或非 centered 的 RMSprop',
};

function notTrainableText(data: NotTrainable): Text {
  switch (data.code) {
    case 'busy':
      return {
        zh: '这个模型正在训练。请等它结束，或者先中断它。',
        en: 'This model is already being trained. Wait for that to end, or interrupt it first.',
      };
    case 'not-compiled':
      return {
        zh: '这个模型还没有配置训练方法。请先运行第 7 阶段：model.compile({ … })。',
        en: 'This model has not been compiled. Run stage 7 first: model.compile({ … }).',
      };
    case 'no-kernel':
      return {
        zh: `WebAssembly 引擎不能训练这个模型，它缺少运算 ${data.kernel}。${OTHER_ENGINE.zh}`,
        en: `The WebAssembly engine cannot train this model: it lacks the operation ${data.kernel}. ${OTHER_ENGINE.en}`,
      };
  }
}

function inputText(data: BadInput): Text {
  switch (data.code) {
    case 'divisor':
      return {
        zh: `除数应当是 0 以外的有限数，收到的是 ${data.received}。像素除以 255：divide(trainX, 255)。`,
        en: `Expected a finite divisor other than 0 but received ${data.received}. For pixels, write divide(trainX, 255).`,
      };
    case 'no-example':
      return {
        zh: '至少要给出一个示例输入，计算图才知道输入的形状和类型。',
        en: 'Expected at least one example, to tell the graph the shape and type of an input.',
      };
    case 'no-output':
      return {
        zh: '函数至少要返回一个张量，收到的是空数组。',
        en: 'Expected the function to return at least one tensor but received an empty array.',
      };
    case 'input-count':
      return {
        zh: `应当有 ${data.expected} 个输入，与记录时的示例一一对应，收到的是 ${data.received} 个。`,
        en: `Expected ${data.expected} inputs, one for each example, but received ${data.received}.`,
      };
    case 'input-kind':
      return {
        zh: `第 ${data.place} 个输入应当是 ${data.expected}，与它的示例一致，收到的是 ${data.received}。`,
        en: `Expected input ${data.place} to be ${data.expected}, like its example, but received ${data.received}.`,
      };
    case 'input-runs':
      return {
        zh: `各个输入的第一个轴应当一样长（每次运行各取一份），收到的长度是 ${data.received.join(', ')}。`,
        en: `Expected the first axes of all inputs to have the same length, one slice per run, but received ${data.received.join(', ')}.`,
      };
    case 'option-name': {
      const meant = likestName(data.name, data.known);
      if (meant) {
        return {
          zh: `没有名为 ${data.name} 的选项，应当写作 ${meant}。`,
          en: `There is no option ${data.name}. Write ${meant}.`,
        };
      }
      return {
        zh: `没有名为 ${data.name} 的选项。可用的选项有：${data.known.join('、')}。`,
        en: `There is no option ${data.name}. The options are ${data.known.join(', ')}.`,
      };
    }
    case 'option-value':
      return {
        zh: `选项 ${data.name} 的值不对。应当是：${data.expected}；收到的是：${data.received}。`,
        en: `Expected the option ${data.name} to be ${data.expected}, but received ${data.received}.`,
      };
    case 'dataset':
      return {
        zh: `数据集不合要求（${data.name}）。应当：${data.expected}；实际：${data.received}。${data.remedy}。`,
        en: `Expected ${data.name} to ${data.expected}, but ${data.received}. ${data.remedy}.`,
      };
    case 'no-tensor':
      return {
        zh: `${data.name} 应当是一个张量，收到的是 ${data.received}。`,
        en: `Expected a tensor for ${data.name} but received ${data.received}.`,
      };
  }
}

/** Finds the name that was meant: the same but for case, underscores and an ending. */
function likestName(name: string, known: readonly string[]): string | undefined {
  const plain = (word: string) => word.replace(/_/g, '').toLowerCase();
  const [wanted, ...others] = known.filter(
    other => other.startsWith(name) && other.length <= name.length + 2,
  );
  return known.find(other => plain(other) === plain(name)) ?? (others.length ? undefined : wanted);
}

function notFiniteText(found: NotFinite): Text {
  const [what, cause] = [whatIsLost(found), causeText(found.cause)];
  return { zh: `${what.zh}${cause.zh}`, en: `${what.en} ${cause.en}` };
}

function whatIsLost(found: NotFinite): Text {
  switch (found.code) {
    case 'loss':
      return stopped(
        { zh: `损失变成了 ${found.value}`, en: `The loss became ${found.value}` },
        {
          zh: `第 ${found.epoch} 轮，第 ${found.step}/${found.steps} 步`,
          en: `epoch ${found.epoch}, step ${found.step}/${found.steps}`,
        },
        found.restored,
      );
    case 'weights':
      return stopped(
        { zh: '权重变成了 NaN 或无穷大', en: 'The weights became NaN or infinite' },
        { zh: `第 ${found.epoch} 轮末`, en: `the end of epoch ${found.epoch}` },
        found.restored,
      );
    case 'validation-loss':
      return {
        zh: `验证集的损失是 ${found.value}（第 ${found.epoch} 轮末），训练到此停止，模型保留这一轮的权重。`,
        en: `The validation loss is ${found.value} at the end of epoch ${found.epoch}. Training stopped there, and the model keeps the weights of that epoch.`,
      };
    case 'evaluation':
      return {
        zh: `evaluate 得到的损失是 ${found.value}。`,
        en: `The loss of evaluate is ${found.value}.`,
      };
  }
}

const stopped = (what: Text, place: Text, restored: number): Text => ({
  zh: `${what.zh}（${place.zh}），训练到此停止，模型的权重退回到第 ${restored} 轮开始时的值。`,
  en: `${what.en} at ${place.en}. Training stopped there, and the model has its weights from the start of epoch ${restored} again.`,
});

/** The likeliest cause and its cure. */
export function causeText(cause: Cause): Text {
  switch (cause.code) {
    case 'data': {
      const { name, sample, value } = cause;
      return {
        zh: `原因在 ${name}：第 ${sample} 个样本（从 0 数起）中有 ${value}。请查一查它从哪里来，例如除以了 0，或者有缺失值；然后改正它，或者去掉这个样本。`,
        en: `The cause is in ${name}: sample ${sample} (counting from 0) contains ${value}. Find out where it comes from, such as a division by 0 or a missing value, then correct it or leave that sample out.`,
      };
    }
    case 'weights':
      return {
        zh: '模型的权重在这之前就已经是 NaN 或无穷大，多半是以前的训练造成的。请重新搭建模型（第 5 阶段），重新配置（第 7 阶段），再运行这个单元格。',
        en: 'The weights of the model were NaN or infinite even before this, most likely from earlier training. Build the model again (stage 5), compile it (stage 7), and run this cell again.',
      };
    case 'learning-rate':
      return tooLarge(cause.rate, cause.range);
  }
}

/** Beyond this, samples are to blame before any learning rate. */
const ENORMOUS = 1e6;

function tooLarge(rate: number | undefined, range: readonly [number, number] | undefined): Text {
  if (rate !== undefined && rate < 0) {
    return {
      zh: `学习率 ${rate} 是负数，每一步都让损失变大。请改为正数，例如 optimizer: tf.train.adam(0.001)，重新 compile，再运行这个单元格。`,
      en: `The learning rate, ${rate}, is negative, so that each step makes the loss larger. Compile the model with one above 0, such as optimizer: tf.train.adam(0.001), and run this cell again.`,
    };
  }
  if (range && Math.max(-range[0], range[1]) > ENORMOUS) {
    return {
      zh: `原因在 x：它的值在 ${range[0]}～${range[1]} 之间，太大了。请先缩放到 0～1 之间，像素写 divide(trainX, 255)，再运行这个单元格。`,
      en: `The cause is in x, whose values lie between ${range[0]} and ${range[1]}, which is far too large. Scale it to between 0 and 1 first (for pixels, write divide(trainX, 255)), and run this cell again.`,
    };
  }
  const smaller = Math.min(0.001, (rate ?? 1) / 10);
  const scale = range
    ? {
        zh: `另外，x 在 ${range[0]}～${range[1]} 之间，没有缩放：请先变到 0～1 之间，像素写 divide(trainX, 255)。`,
        en: ` Also, x lies between ${range[0]} and ${range[1]}: scale it to between 0 and 1 first; for pixels, write divide(trainX, 255).`,
      }
    : { zh: '', en: '' };
  return {
    zh: `多半是学习率${rate === undefined ? '' : ` ${rate} `}太大，每一步都跨过了最低点，越走越远。请用小一些的学习率重新 compile，例如 optimizer: tf.train.adam(${smaller})，再运行这个单元格。${scale.zh}`,
    en: `Most likely the learning rate${rate === undefined ? '' : `, ${rate},`} is too large, so that each step overshoots by more than the last. Compile the model with a smaller one, such as optimizer: tf.train.adam(${smaller}), and run this cell again.${scale.en}`,
  };
}
