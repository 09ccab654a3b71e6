import * as tf from '@tensorflow/tfjs';
import { Attributes } from '../../graph/attributes';
import type { NativeBackend } from '../../graph/backend';

/** An activation whose gradient is one op of TensorFlow's; TensorFlow.js composes it of several. */
interface NativeGradient {
  readonly kernel: string;
  /** Its name for what is activated. */
  readonly input: string;
  readonly op: string;
  /** The op's inputs: the gradient of the output, and the output. */
  readonly inputs: (dy: tf.Tensor, y: tf.Tensor) => tf.Tensor[];
}

const GRADIENTS: readonly NativeGradient[] = [
  { kernel: 'Relu', input: 'x', op: 'ReluGrad', inputs: (dy, y) => [dy, y] },
  { kernel: 'Relu6', input: 'x', op: 'Relu6Grad', inputs: (dy, y) => [dy, y] },
  { kernel: 'Sigmoid', input: 'x', op: 'SigmoidGrad', inputs: (dy, y) => [y, dy] },
  { kernel: 'Tanh', input: 'x', op: 'TanhGrad', inputs: (dy, y) => [y, dy] },
];

/** Runs `work`, in which activations are differentiated by TensorFlow's own ops. */
export function withNativeGradients<T>(backend: NativeBackend, work: () => T): T {
  const { binding } = backend;
  const attrs = [new Attributes(binding).type('T', binding.TF_FLOAT)];
  const stock = GRADIENTS.map(({ kernel }) => tf.getGradient(kernel));
  for (const { kernel, input, op, inputs } of GRADIENTS) {
    replaceGradient({
      kernelName: kernel,
      outputsToSave: [true],
      gradFunc: (dy, [y]) => ({
        [input]: () =>
          backend.executeSingleOutput(op, attrs, inputs(dy as tf.Tensor, y as tf.Tensor)),
      }),
    });
  }
  try {
    return work();
  } finally {
    stock.forEach(replaceGradient);
  }
}

function replaceGradient(gradient: tf.GradConfig): void {
  tf.unregisterGradient(gradient.kernelName);
  tf.registerGradient(gradient);
}
