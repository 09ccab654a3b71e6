/** Learns to add two numbers written as text: one LSTM reads the sum, another one writes the result. */
import * as tf from '@tensorflow/tfjs';

const LETTERS = '0123456789+ ';
const [QUESTION, ANSWER] = [5, 3];

const encode = (lines: string[]) => {
  const codes = lines.flatMap(line => Array.from(line, letter => LETTERS.indexOf(letter)));
  const oneHot = tf.oneHot(tf.tensor1d(codes, 'int32'), LETTERS.length);
  return oneHot.toFloat().reshape([lines.length, -1, LETTERS.length]);
};

function decode(predicted: tf.Tensor): string[] {
  const codes = predicted.argMax(-1).arraySync() as number[][];
  return codes.map(line => line.map(code => LETTERS[code]).join(''));
}

const number = () => Math.floor(Math.random() * 100);
const sums = Array.from({ length: 750 }, () => [number(), number()] as const);
const questions = sums.map(([a, b]) => `${a}+${b}`.padEnd(QUESTION));
const answers = sums.map(([a, b]) => `${a + b}`.padEnd(ANSWER));

async function main(): Promise<void> {
  await tf.ready();
  const model = tf.sequential();
  model.add(
    tf.layers.lstm({
      units: 128,
      recurrentInitializer: 'glorotNormal',
      inputShape: [QUESTION, LETTERS.length],
    }),
  );
  model.add(tf.layers.repeatVector({ n: ANSWER }));
  model.add(
    tf.layers.lstm({ units: 128, recurrentInitializer: 'glorotNormal', returnSequences: true }),
  );
  model.add(tf.layers.timeDistributed({ layer: tf.layers.dense({ units: LETTERS.length }) }));
  model.add(tf.layers.activation({ activation: 'softmax' }));
  model.compile({ loss: 'categoricalCrossentropy', optimizer: 'adam', metrics: ['accuracy'] });

  const [trainX, testX] = tf.split(encode(questions), [625, 125]) as tf.Tensor3D[];
  const [trainY, testY] = tf.split(encode(answers), [625, 125]) as tf.Tensor3D[];
  if (!trainX || !testX || !trainY || !testY) throw new Error('Expected samples');
  for (let iteration = 0; iteration < 3; iteration++) {
    const { history } = await model.fit(trainX, trainY, {
      epochs: 1,
      batchSize: 64,
      validationData: [testX, testY],
    });
    console.log(JSON.stringify(history));
    const guesses = tf.tidy(() => decode(model.predict(testX.slice(0, 4)) as tf.Tensor));
    console.log(JSON.stringify({ guesses }));
  }
}

main();
