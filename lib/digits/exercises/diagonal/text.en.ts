import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'A unit that finds a diagonal',
  task: [
    'A picture of 2 × 2 pixels, each black (0) or white (1), is `x = [top left, top right, bottom left, bottom right]`. Choose four weights `w` and a bias `b` of a unit $h = \\mathrm{relu}(\\sum_i x_i w_i + b)$, so that it answers ($h > 0$) to the white diagonal, `[1, 0, 0, 1]`, and to none of the other 15 pictures ($h = 0$).',
  ],
  starter: `
const diagonal = { w: [0, 0, 0, 0], b: 0 };
`,
  hints: [
    'What should speak for the diagonal, and what against it? Then the bias: one white pixel of the two must not be enough.',
    'Give the two pixels of the diagonal the weight 1 and the others −1. With b = −1, only both together bring the sum above 0.',
  ],
  wrong: {
    four: (count: number) => `The unit needs four weights, one for each pixel; w has ${count}.`,
    notFinite:
      'Weights and bias must be numbers, and not so large that their sum is none. Small ones will do.',
    silent: (sum: string) =>
      `The unit is silent for the diagonal itself: ${sum}, which is not above 0. Its two pixels need weights that are positive together, and more than the bias takes away.`,
    dark: 'It answers even in the dark, where no weight counts: the bias must not be positive.',
    half: 'Half of the diagonal must not be enough: give both pixels a share, and lower the bias until only both together come above 0.',
    more: 'The diagonal is in this picture, but it is not alone: a white pixel beside it must speak against. Give the other two negative weights.',
    others:
      'A pixel beside the diagonal counts for it here: the other two need negative weights, and the bias must be low enough.',
  },
  other: {
    zeros: 'All weights and the bias are still 0, so h = 0 for every picture.',
    answers: (picture: string, sum: string) => `It answers to ${picture}, too: ${sum}. `,
  },
  reward: (h: string) =>
    `h = ${h} for the diagonal, and 0 for the 15 others. Weights are a pattern, the bias says how much of it must be there. There are many such answers; training finds weights like these by itself.`,
  reasoning:
    'Positive where the pattern is white, negative where it is black; the bias is so low that only the whole pattern passes it.',
  solution: `
const diagonal = { w: [1, -1, -1, 1], b: -1 };
`,
} satisfies ExerciseText;
