/** Learns to continue a text, character by character, with an LSTM. */
import * as tf from '@tensorflow/tfjs';

const LENGTH = 32;

const pick = (words: string) => words.split(' ')[Math.floor(Math.random() * 4)] ?? '';
const sentence = () =>
  `the ${pick('small old red quick')} ${pick('fox dog hen cat')} ${pick('sees hears meets chases')} the ${pick('mouse bird sheep goat')}. `;
const text = Array.from({ length: 200 }, sentence).join('');
const letters = [...new Set(text)].sort();
const codes = Array.from(text, letter => letters.indexOf(letter));
const oneHot = (indices: number[]) => tf.oneHot(tf.tensor1d(indices, 'int32'), letters.length);

/** Returns windows of the text and the letter after each window. */
function samples(count: number): [tf.Tensor3D, tf.Tensor2D] {
  const starts = Array.from({ length: count }, () =>
    Math.floor(Math.random() * (codes.length - LENGTH)),
  );
  const windows = starts.flatMap(start => codes.slice(start, start + LENGTH));
  const next = starts.map(start => codes[start + LENGTH] ?? 0);
  return [oneHot(windows).reshape([count, LENGTH, letters.length]), oneHot(next) as tf.Tensor2D];
}

/** Continues the text with the likeliest letters. */
function generate(model: tf.LayersModel, length: number): string {
  const window = codes.slice(0, LENGTH);
  for (let i = 0; i < length; i++) {
    const letter = tf.tidy(() => {
      const input = oneHot(window.slice(-LENGTH)).reshape([1, LENGTH, letters.length]);
      return (model.predict(input) as tf.Tensor).squeeze().argMax().dataSync()[0] ?? 0;
    });
    window.push(letter);
  }
  return window.map(letter => letters[letter]).join('');
}

async function main(): Promise<void> {
  await tf.ready();
  const model = tf.sequential();
  model.add(
    tf.layers.lstm({
      units: 128,
      recurrentInitializer: 'glorotNormal',
      inputShape: [LENGTH, letters.length],
    }),
  );
  model.add(tf.layers.dense({ units: letters.length, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.rmsprop(0.003), loss: 'categoricalCrossentropy' });
  for (let round = 0; round < 2; round++) {
    const [x, y] = samples(512);
    const { history } = await model.fit(x, y, {
      epochs: 1,
      batchSize: 32,
      validationSplit: 0.0625,
    });
    console.log(JSON.stringify(history));
    tf.dispose([x, y]);
  }
  console.log(JSON.stringify({ text: generate(model, 10) }));
}

main();
