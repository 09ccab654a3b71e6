import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'A unit that tolerates a wrong pixel',
  task: [
    'A picture of 2 × 2 pixels, each black (0) or white (1), is `x = [top left, top right, bottom left, bottom right]`. The unit of the lesson answered only to the perfect diagonal; real handwriting is never perfect. Choose four weights `w` and a bias `b` of a unit $h = \\mathrm{relu}(\\sum_i x_i w_i + b)$ that answers ($h > 0$) to the edge “white above, black below”, `[1, 1, 0, 0]`, **and** to the four pictures that differ from it in one pixel, but to none of the other 11 ($h = 0$).',
  ],
  starter: `
const edge = { w: [0, 0, 0, 0], b: 0 };
`,
  hints: [
    'Which pixels speak for the edge, which against it? Add up for the edge, for a picture with one wrong pixel, and for one with two. Where between these sums must 0 lie?',
    'Give the upper pixels the weight 1 and the lower ones −1. The sums are 2 for the edge, 1 with one wrong pixel, 0 or less with two: choose a bias above −1, and not above 0.',
  ],
  wrong: {
    four: (count: number) => `The unit needs four weights, one for each pixel; w has ${count}.`,
    notFinite:
      'Weights and bias must be numbers, and not so large that their sum is none. Small ones will do.',
    turned:
      'This unit finds an edge, but another one. The first two numbers of x and of w are the upper pixels, the last two the lower ones.',
    silent: (sum: string) =>
      `The unit is silent for the edge itself: ${sum}, which is not above 0. Its two white pixels need weights that are positive together, and more than the bias takes away.`,
    strict: (picture: string, sum: string) =>
      `The unit finds the perfect edge, but ${picture} differs from it in one pixel only, and there it is silent: ${sum}. The bias takes away too much, or one pixel counts too much.`,
    dark: 'In the dark no weight counts, so the bias alone decides: it must not be positive.',
    white:
      'All pixels are white here: the lower ones must speak against the edge as strongly as the upper ones speak for it.',
    others:
      'Two pixels are wrong here. Each white pixel below must speak against the edge, or the bias must be lower.',
  },
  other: {
    zeros: 'All weights and the bias are still 0, so h = 0 for every picture.',
    answers: (picture: string, sum: string) => `It answers to ${picture}, too: ${sum}. `,
  },
  reward: (perfect: string, damaged: string) =>
    `The edge: ${perfect}. With one wrong pixel: ${damaged}, still above 0. The weights are the pattern; the bias says how much of it must be there. Training finds both by itself.`,
  reasoning:
    'Positive weights where the pattern is white, negative ones where it is black: each wrong pixel then lowers the sum by 1. The bias lets a sum of 1 pass, and not one of 0.',
  solution: `
const edge = { w: [1, 1, -1, -1], b: -0.5 };
`,
} satisfies ExerciseText;
