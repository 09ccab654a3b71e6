import * as tf from '@tensorflow/tfjs';
import { text } from '../language';
import { kindOf } from './tensors';

/** A stage of the lesson that must come first has not been run. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
}

/**
 * Checks that a device was started: without one, TensorFlow.js computes in plain JavaScript, and in a
 * browser it has no backend at all before its first operation.
 *
 * @throws NotReadyError that names stage 2.
 */
export function requireDevice(): void {
  if (![undefined, '', 'cpu'].includes(tf.getBackend())) return;
  throw new NotReadyError(
    text({
      zh: '还没有选定计算设备，TensorFlow.js 只能用很慢的纯 JavaScript 计算。请先运行第 2 阶段：await useDevice()。',
      en: 'No device has been started, so TensorFlow.js would compute in plain JavaScript, which is very slow. Run stage 2 first: await useDevice().',
    }),
  );
}

/**
 * Checks that the model was compiled since it was built.
 *
 * @throws NotReadyError that names stage 7.
 */
export function requireCompiled(model: tf.LayersModel): void {
  if (model.optimizer) return;
  throw new NotReadyError(
    text({
      zh: '这个模型还没有配置训练方法。请先运行第 7 阶段：model.compile({ … })；重新搭建模型以后也要再配置一次。',
      en: 'This model has not been compiled. Run stage 7 first: model.compile({ … }); a model that you have rebuilt must be compiled again.',
    }),
  );
}

/** Something else stands where a model belongs. */
export class ModelError extends TypeError {
  override readonly name = 'ModelError';
}

/**
 * Checks that a model is one, whichever copy of TensorFlow.js made it.
 *
 * @param example the call as it should be, such as `fit(model, x, y)`.
 * @throws ModelError that says what was given instead.
 */
export function checkModel(model: tf.LayersModel, example: string): void {
  if (typeof (model as Partial<tf.LayersModel> | undefined)?.getLayer === 'function') return;
  const kind = kindOf(model);
  throw new ModelError(
    text({
      zh: `这里应当是一个模型，写作 ${example}，收到的是 ${kind}。${kind === 'undefined' ? '请先运行第 5 阶段搭建模型，并检查名字有没有写错。' : '模型写在最前面，数据在它后面。'}`,
      en: `Expected a model, as in ${example}, but received ${kind}. ${kind === 'undefined' ? 'Run stage 5 to build it, and check how its name is spelt.' : 'The model comes first, the data after it.'}`,
    }),
  );
}

/**
 * Checks that the model is one, has layers, and was not disposed of.
 *
 * @throws ModelError as {@link checkModel}.
 * @throws NotReadyError that names stage 5.
 */
export function requireModel(model: tf.LayersModel, example: string): void {
  checkModel(model, example);
  const layers = model.layers as unknown as readonly { _refCount: number | null }[];
  if (layers.length > 0 && !layers.some(({ _refCount }) => _refCount === 0)) return;
  const received =
    layers.length === 0
      ? { zh: '还没有任何层', en: 'has no layers yet' }
      : { zh: '已被释放（dispose）', en: 'has been disposed of' };
  throw new NotReadyError(
    text({
      zh: `这个模型${received.zh}。请重新运行第 5 阶段搭建模型，再运行第 7 阶段。`,
      en: `This model ${received.en}. Run stage 5 again to build it, then stage 7.`,
    }),
  );
}
