import * as tf from '@tensorflow/tfjs';
import type { Tensors } from 'tfjs-graph';
import { text } from '../language';

/** The data are no tensor of numbers, or their numbers are gone. */
export class TensorError extends TypeError {
  override readonly name = 'TensorError';
}

/**
 * Checks that data are tensors of numbers that still exist.
 *
 * @param name what the caller calls them, such as `x` or `y`.
 * @param count how many of them the model takes.
 * @throws TensorError that says what was given, and the cure.
 */
export function checkTensors(name: string, given: Tensors, count: number): tf.Tensor[] {
  const tensors = [given].flat();
  if (!tensors.every(tensor => tensor instanceof tf.Tensor)) throw noTensor(name, given);
  if (tensors.length !== count) throw otherCount(name, tensors.length, count);
  for (const tensor of tensors) {
    if (tensor.isDisposed) throw disposed(name);
    if (!NUMERIC.includes(tensor.dtype)) throw noNumbers(name, tensor.dtype);
  }
  return tensors;
}

const NUMERIC: tf.DataType[] = ['float32', 'int32', 'bool'];

/** Names the kind of a value, for messages. */
export function kindOf(given: unknown): string {
  if (given === undefined || given === null) return String(given);
  return Array.isArray(given) ? 'Array' : (Object(given).constructor?.name ?? 'Object');
}

function noTensor(name: string, given: unknown): TensorError {
  const kind = kindOf(given);
  return new TensorError(
    text({
      zh:
        `${name} 应当是张量，收到的是 ${kind}。` +
        '图片：divide(trainX, 255)；标签：tf.tensor1d(trainY.data, "int32")；数组：tf.tensor(…)。',
      en:
        `Expected ${name} to be a tensor but received ${kind}. ` +
        'For pictures, write divide(trainX, 255); for labels, tf.tensor1d(trainY.data, "int32"); for an array, tf.tensor(…).',
    }),
  );
}

function otherCount(name: string, received: number, expected: number): TensorError {
  return new TensorError(
    text({
      zh: `这个模型需要 ${expected} 个张量作为 ${name}，收到的是 ${received} 个。请为模型的每个输入或输出各给一个张量。`,
      en: `Expected ${expected} tensor(s) as ${name} but received ${received}. Give one for each input or output of the model.`,
    }),
  );
}

function disposed(name: string): TensorError {
  return new TensorError(
    text({
      zh: `${name} 已被释放（dispose），数值已经没有了。请重新运行创建它的单元格；tf.tidy 里创建的张量，出了 tf.tidy 就会被释放。`,
      en: `${name} has been disposed of, so its values are gone. Run the cell that creates it again; tensors created inside tf.tidy are disposed of when it ends.`,
    }),
  );
}

function noNumbers(name: string, dtype: string): TensorError {
  return new TensorError(
    text({
      zh: `${name} 应当由数值组成（float32 或 int32），收到的类型是 ${dtype}。请先把它们变成数值，例如 tf.tensor(values.map(Number))。`,
      en: `Expected ${name} to hold numbers, float32 or int32, but received ${dtype}. Convert the values to numbers first, for example with tf.tensor(values.map(Number)).`,
    }),
  );
}
