import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Move the picture, not the weights',
  task: [
    'Training moves the weights against the gradient of the loss. Leave the weights of the trained `model` alone, and move the pixels instead: change the picture `x`, `[1, 28, 28]`, a little, so that the model reads it as the digit `to`, and return the changed picture. The check computes a very small change of its own. As a vector, your change may be at most four times as long as the check’s own, and the largest change of a pixel at most twice as large. All pixels must stay between 0 and 1.',
    '`tf.grad(f)` makes a function that computes the gradient of `f` with respect to its input; `f` returns a single number. Here that is the loss, as if the label were `to`:',
    '```ts\nconst loss = (x: tf.Tensor) =>\n  (model.predict(x) as tf.Tensor).slice([0, to], [1, 1]).log().neg().sum();\nconst gradient = tf.grad(loss)(x);\n```',
  ],
  starter: `
const nudge = (model: tf.LayersModel, x: tf.Tensor, to: number) => {
  // return …
};
`,
  hints: [
    'Take small steps against the gradient, as training does: let moved = x, then subtract the gradient of moved, times a rate, and keep the pixels in range with clipByValue(0, 1). Stop as soon as the model reads moved as to.',
    'In a loop of at most 200 steps: take the gradient g at moved (not at x), bring it to a fixed length with g.div(g.norm()), subtract it times 0.05, clip. model.predict(moved).argMax(1).dataSync()[0] tells when to break.',
  ],
  wrong: {
    untrained: (accuracy: string) =>
      `The model recognises only ${accuracy}. Train it first: run the preparation.`,
    weights:
      'You moved the weights. The model is to stay as it is; it has its old weights back now. Take the gradient with respect to the picture: tf.grad(loss)(x).',
    shape: (shape: string) =>
      `The function should return a picture, [1, 28, 28], but it returns [${shape}].`,
    notFinite:
      'Some pixels are NaN. Where the probability of to is rounded to 0, its logarithm is infinite; smaller steps, or those of a fixed length, g.div(g.norm()), help.',
    outside: (least: string, largest: string) =>
      `The pixels go from ${least} to ${largest}; no picture has such values. Keep them between 0 and 1 with clipByValue(0, 1).`,
    nothing: 'The picture is what it was: no pixel has changed.',
    wrongSign: (to: number, was: string, is: string) =>
      `That is uphill: the probability of ${to} fell from ${was} to ${is}. Subtract the gradient of the loss for the label to, and do not add it.`,
    noise:
      'This change has little to do with the gradient. If pixels change at random, or all alike, their effects cancel out; the gradient says which way, and how much, each pixel counts.',
    otherDigit: (to: number, answer: number) =>
      `It is to be read as ${to}, but is read as ${answer}. Lower the loss for the label to, and nothing else: noise, or raising the loss of the old answer, leads anywhere.`,
    notYet: (to: number, was: string, is: string) =>
      `The right direction, but not far enough: the probability of ${to} rose from ${was} to ${is}. Take more steps, and compute the gradient anew for each.`,
    tooLarge: (from: number, to: number, times: string) =>
      `The ${from} is read as ${to} now, but the change is ${times} times as large as it need be. Take smaller steps, and stop as soon as the answer turns.`,
    farPixel: (from: number, to: number, largest: string, own: string) =>
      `The ${from} is read as ${to} now, but a pixel moved by ${largest}, where ${own} would do. Take smaller steps, in which many pixels move a little.`,
  },
  reward: (largest: string) =>
    `Three pictures are read as what you wanted; no pixel changed by more than ${largest}, and no change is more than four times as large as it need be. Draw a picture before and after: do you read the new digit, too? What the network has learnt tells digits of its training set apart; it is not what a digit is.`,
  reasoning:
    'It is gradient descent, with the picture in the place of the weights. Steps of a fixed length need no rate that fits, and the loop stops at the first picture that is read as to.',
  solution: `
const nudge = (model: tf.LayersModel, x: tf.Tensor, to: number) =>
  tf.tidy(() => {
    const loss = (x: tf.Tensor) =>
      (model.predict(x) as tf.Tensor).slice([0, to], [1, 1]).log().neg().sum();
    let moved = x;
    for (let i = 0; i < 200; i++) {
      const g = tf.grad(loss)(moved);
      moved = moved.sub(g.div(g.norm()).mul(0.05)).clipByValue(0, 1);
      if (model.predict(moved).argMax(1).dataSync()[0] === to) break;
    }
    return moved;
  });
`,
} satisfies ExerciseText;
