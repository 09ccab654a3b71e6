import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Write the step yourself',
  task: [
    'No `fit`, no hidden layer: a network of one layer computes $p = \\mathrm{softmax}(xW + b)$. Write one step of gradient descent: $W \\leftarrow W - \\eta\\, x^{\\mathsf T}(p - y) / n$ and $b \\leftarrow b - \\eta\\, \\mathrm{mean}(p - y)$, with $y$ one-hot, $n$ the pictures of the batch, $\\eta$ the learning rate `rate`. Return `[newW, newB]`.',
    '`x` is `[n, 784]`, `labels` `[n]` as int32, `W` `[784, 10]`, `b` `[10]`. You will need `tf.oneHot(labels, 10)` and `x.matMul(error, true)`, which is $x^{\\mathsf T} \\cdot error$; `error.mean(0)` takes the mean over the batch. `check` compares your step with the gradients that TensorFlow finds, then trains with it: 750 batches of 64 pictures.',
  ],
  starter: `
const step = (x: tf.Tensor, labels: tf.Tensor, W: tf.Tensor, b: tf.Tensor, rate: number) => {
  // const p = …
  // const error = …
  // return [newW, newB];
};
`,
  hints: [
    'First p = softmax(x · W + b), then error = p − y. The gradient of W is xᵀ · error / n, as large as W; that of b is the mean of error over the batch. Subtract each, times rate.',
    'Four lines: p is the softmax of x.matMul(W).add(b); error is p minus tf.oneHot(labels, 10); newW is W minus x.matMul(error, true), times rate and divided by n, which is x.shape[0]; newB is b minus the mean of error over axis 0, times rate.',
  ],
  wrong: {
    wrongSign:
      'That is uphill: the step goes against the gradient. With error = p − y, subtract; or add y − p.',
    summed:
      'You take the sum over the batch, not the mean: with 64 pictures each step is 64 times too long. Divide by n.',
    onePicture:
      'Only the first picture counts here. The step is the mean over all pictures of the batch.',
    divisor:
      'You divide by the wrong number. The mean is over the n pictures of the batch, x.shape[0]; the 784 pixels and the 10 digits are other axes.',
    pixelMean:
      'The mean is taken over the pixels, and all rows of W change alike. x.matMul(error, true) has already added up over the pictures: divide that by n.',
    sameBias: 'b is returned as it came: it is learnt, too, and needs a step of its own.',
    oneBias:
      'The new b is a single number: mean() without an axis makes one of all. Each of the ten digits has its own, b.sub(…) with the mean over the batch, error.mean(0).',
    noRate: 'The learning rate is left out: multiply the gradient by rate.',
    notOneHot:
      'p has ten numbers for each picture, the label is one: a 7 is no probability. Subtract tf.oneHot(labels, 10), which is 1 in the place of the label and 0 elsewhere.',
    noBias: 'p is computed without the bias: the logits are x · W + b.',
    lateBias:
      'The bias is added after softmax. It belongs to the logits: first x · W + b, then softmax.',
    noSoftmax: 'softmax is missing: you subtract the labels from the logits, not from p.',
    unchanged:
      'It stays as it was: what is subtracted is 0. Without an axis, mean() and sum() make one number of all, and p − y is 0 on average, since both add up to 1 for each picture. mean(0) is over the batch alone.',
    changeAlone:
      'That is only the change, or the gradient. Subtract the change from the old values.',
    rows: 'b gets a row for each picture. It should stay ten numbers: take the mean over the batch, error.mean(0).',
    otherMean:
      'You take the mean over the ten digits of each picture, which is always 0. mean(0) is over the pictures, and leaves ten numbers.',
    product:
      'The shapes do not fit: x is [n, 784], W is [784, 10], p − y is [n, 10]. The gradient of W needs x transposed, xᵀ · (p − y), and is as large as W: x.matMul(error, true).',
  },
  notFinite:
    'The step needs neither a logarithm nor a division but that by n: where does it stop being a number?',
  other: {
    weights: (n: number, rate: number) => `A batch of ${n}, rate ${rate}: W after the step`,
    bias: (n: number, rate: number) =>
      `A batch of ${n}, rate ${rate}: W is right. b after the step`,
    pair: (result: string) =>
      `The function should return two things, [newW, newB]; it returns ${result}.`,
    low: (accuracy: string) =>
      `On drawn numbers each step is right, but 750 steps of 64 pictures bring it only to ${accuracy} of the test digits. Does your step keep something from one call to the next?`,
    leak: (count: number) =>
      ` By the way, tensors that each step leaves in memory: ${count}. tf.tidy(() => { … return [newW, newB]; }) frees what is not returned.`,
  },
  reward: (first: string, tenth: string, last: string, leak: string) =>
    `It is the step that TensorFlow takes. From weights of 0, your own loop recognises ${first} of the test digits after 1 step, ${tenth} after 10, ${last} after 750: no more than these lines make a network learn.${leak}`,
  reasoning:
    'p − y says for each picture and digit how far the logit is to move. Each weight has its share in proportion to its pixel, which xᵀ · (p − y) adds up over the batch; the bias has the input 1.',
  solution: `
const step = (x: tf.Tensor, labels: tf.Tensor, W: tf.Tensor, b: tf.Tensor, rate: number) =>
  tf.tidy(() => {
    const p = x.matMul(W).add(b).softmax();
    const error = p.sub(tf.oneHot(labels, 10));
    const newW = W.sub(x.matMul(error, true).mul(rate / x.shape[0]));
    const newB = b.sub(error.mean(0).mul(rate));
    return [newW, newB];
  });
`,
} satisfies ExerciseText;
