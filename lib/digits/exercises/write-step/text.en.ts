import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Write the step for two layers',
  task: [
    'The lesson wrote out a step for one layer. With a hidden layer the error has to travel back. Write one step of gradient descent for $h = \\mathrm{relu}(xW_1 + b_1)$, $p = \\mathrm{softmax}(hW_2 + b_2)$, without `fit`. With $y$ one-hot, $n$ the pictures of the batch and $\\eta$ the learning rate, the error of the outputs is $e_2 = (p - y) / n$, and that of the hidden units $e_1 = e_2 W_2^{\\mathsf T}$, but 0 where relu was 0. Then $W_2 \\leftarrow W_2 - \\eta\\, h^{\\mathsf T} e_2$, $W_1 \\leftarrow W_1 - \\eta\\, x^{\\mathsf T} e_1$, and from each bias the sum of its errors is subtracted, times $\\eta$. Return `[newW1, newB1, newW2, newB2]`.',
    '`x` is `[n, 784]`, `labels` `[n]` as int32, `W1` `[784, units]`, `W2` `[units, 10]`. You will need `tf.oneHot(labels, 10)`, `a.greater(0)`, which is 1 where a number is above 0, `e.sum(0)` over the batch, and two products: `a.matMul(e, true)` is $a^{\\mathsf T} e$, `e.matMul(W, false, true)` is $e W^{\\mathsf T}$. `check` compares your step with the gradients that TensorFlow.js finds, then trains with it: 400 batches of 64 pictures.',
  ],
  starter: `
const step = (x: tf.Tensor, labels: tf.Tensor, weights: tf.Tensor[], rate: number) => {
  const [W1, b1, W2, b2] = weights;
  // const h = …
  // const p = …
  // return [newW1, newB1, newW2, newB2];
};
`,
  hints: [
    'Forwards first: h, then p. Backwards then: e2 = (p − y) / n, and e1 = e2 · W2ᵀ, times 1 where h is above 0 and 0 elsewhere. Each layer’s gradient is its input, transposed, times its error.',
    'h is x.matMul(W1).add(b1).relu(); p is h.matMul(W2).add(b2).softmax(); e2 is p.sub(tf.oneHot(labels, 10)).div(x.shape[0]); e1 is e2.matMul(W2, false, true).mul(h.greater(0)). newW1 is W1.sub(x.matMul(e1, true).mul(rate)), newB1 is b1.sub(e1.sum(0).mul(rate)), and likewise with h and e2.',
  ],
  wrong: {
    wrongSign:
      'That is uphill: the step goes against the gradient. With e2 = (p − y) / n, subtract; or add y − p.',
    summed:
      'You take the sum over the batch, not the mean: with 64 pictures each step is 64 times too long. Divide the error by n, which is x.shape[0].',
    noRate: 'The learning rate is left out: multiply each gradient by rate.',
    noGate:
      'The error passes through all hidden units. Where relu was 0, a small change of the sum changes nothing: multiply e1 by h.greater(0).',
    gateOfError:
      'You multiply the error by h itself. relu has the slope 1 where it lets a number pass, however large that is, and 0 elsewhere: multiply by h.greater(0).',
    newWeights:
      'The error travels back through the new W2. All gradients are taken at the old weights: compute both errors before you change anything.',
    noRelu: 'The hidden layer has no relu: h is relu(x · W1 + b1).',
    noBias:
      'A bias is left out on the way forwards: b1 belongs to the sums of h, b2 to the logits.',
    noSoftmax: 'softmax is missing: you subtract the labels from the logits, not from p.',
    outputOnly:
      'W1 and b1 come back as they were, so that the hidden layer learns nothing. Carry the error back to it.',
    changeAlone:
      'That is only the change, or the gradient. Subtract the change from the old values.',
    shapes: (error: string) =>
      `The shapes do not fit (${error}). p − y is [n, 10], e1 [n, units]. A gradient is as large as its weights: x.matMul(e1, true), h.matMul(e2, true); and e2.matMul(W2, false, true) carries the error back.`,
  },
  notFinite:
    'The step needs no logarithm, and no division but that by n: where does it stop being a number?',
  other: {
    result: (name: string, n: number, rate: number) =>
      `A batch of ${n}, rate ${rate}: ${name} after the step`,
    results: (result: string) =>
      `The function should return four things, [newW1, newB1, newW2, newB2]; it returns ${result}.`,
    low: (accuracy: string) =>
      `On drawn numbers each step is right, but 400 steps of 64 pictures bring it only to ${accuracy} of the validation digits. Does your step keep something from one call to the next?`,
  },
  reward: (first: string, tenth: string, last: string) =>
    `It is the step that TensorFlow.js takes. From random weights your own loop recognises ${first} of the validation digits after 1 step, ${tenth} after 10, ${last} after 400. This is backpropagation: each layer hands the error to the one before, through its own weights.`,
  reasoning:
    'p − y says how far each logit is to move. W2, transposed, tells each hidden unit its share in all ten, unless relu had silenced it. Each weight then changes in proportion to its input and to the error behind it.',
  solution: `
const step = (x: tf.Tensor, labels: tf.Tensor, weights: tf.Tensor[], rate: number) =>
  tf.tidy(() => {
    const [W1, b1, W2, b2] = weights;
    const h = x.matMul(W1).add(b1).relu();
    const p = h.matMul(W2).add(b2).softmax();
    const e2 = p.sub(tf.oneHot(labels, 10)).div(x.shape[0]);
    const e1 = e2.matMul(W2, false, true).mul(h.greater(0));
    return [
      W1.sub(x.matMul(e1, true).mul(rate)),
      b1.sub(e1.sum(0).mul(rate)),
      W2.sub(h.matMul(e2, true).mul(rate)),
      b2.sub(e2.sum(0).mul(rate)),
    ];
  });
`,
} satisfies ExerciseText;
