import type { ExerciseText } from '../judging/exercise';

export const en = {
  title: 'Experiment: how long does a matrix product take?',
  task: [
    'A Dense layer is a matrix product, and nearly all the time of a network goes into these. Write a function that multiplies two n × n matrices with `a.matMul(b)`, times it, and returns `{ products, ms }`: `products` is how many multiplications of two numbers there are in all, `ms` how many milliseconds they took. `check` calls it with three values of `n`, for each once to warm up and then five times, of which the best time counts, and watches what `tf` computes and for how long.',
    '`tf.randomUniform([n, n])` makes a matrix; `performance.now()` gives the current time in milliseconds; `dataSync()` reads the result, which makes sure that the product is done.',
  ],
  starter: `
const timed = (n: number) => {
  // return { products: …, ms: … };
};
`,
  hints: [
    'The result has n × n numbers, and each is the sum of n multiplications. Make both matrices before you take the starting time.',
    'The order: make a and b; take the start with performance.now(); multiply, and read the result with dataSync(); take the end. ms is end minus start; products follows from n alone.',
  ],
  wrong: {
    mul: 'mul multiplies number by number, place by place. The matrix product is matMul.',
    noProduct: (n: number) =>
      `For n = ${n} your function multiplied no matrices: matMul did not run.`,
    otherSize: (n: number, a: string, b: string) =>
      `For n = ${n} two matrices of ${n} × ${n} should be multiplied; yours were ${a} and ${b}.`,
    notRead:
      'The result was not read. On a GPU, matMul returns before the product is done; only reading the result (data() needs await before it) makes sure that it is.',
    endTooSoon:
      'The end was taken before the result was read. Read the result first, then take the end.',
    resultSize: (n: number, products: number) =>
      `For n = ${n}, ${products} is how many numbers the result has. Each of them takes n multiplications.`,
    additions: (n: number, products: number) =>
      `For n = ${n}, ${products} counts the additions, too. Count only the multiplications.`,
    products: (n: number, products: string) =>
      `For n = ${n} the number of multiplications is not ${products}.`,
    seconds: (n: number, ms: string) =>
      `For n = ${n} the time is ${ms}: that is in seconds. performance.now() counts milliseconds already, so do not divide by 1000.`,
    negative: (time: string) => `${time}, which is negative: start and end are swapped.`,
    tooShort: (time: string, least: string) =>
      `${time}, but the product took ${least} ms: it was not timed. Take the starting time before the product and the end after it.`,
    tooLong: (time: string, whole: string) =>
      `${time}, but your whole function took only ${whole} ms: it was not measured.`,
    makingToo: (time: string, sinceMade: string) =>
      `${time}, which includes making the matrices; once they were there, only ${sinceMade} ms went by. Make them first, then take the starting time.`,
  },
  other: {
    time: (n: number, ms: string) => `For n = ${n} the time is ${ms} ms`,
    row: (n: number, ms: string) => `n = ${n}: ${ms} ms`,
    gettingReady:
      ' So with small matrices, most of the time goes into getting ready rather than computing. That is why pictures go through a network in batches.',
    slowed:
      ' That a smaller product took longer is not its doing: something else slowed the computer down. Run it again.',
  },
  reward: (rows: readonly string[], work: string, time: string | undefined, comment: string) =>
    `The best of five: ${rows.join('; ')}. There are ${work} times as many multiplications${time ? `, and they take ${time} times as long` : ''}.${comment}`,
  reasoning:
    'The matrices are made before the clock starts, and the result is read before it stops: only then is the product timed, all of it and nothing else.',
  solution: `
const timed = (n: number) => {
  const a = tf.randomUniform([n, n]);
  const b = tf.randomUniform([n, n]);
  const start = performance.now();
  a.matMul(b).dataSync();
  return { products: n ** 3, ms: performance.now() - start };
};
`,
} satisfies ExerciseText;
