/** Uses the types that the package promises. */
import mnist, { type Images } from 'mnist-data-loader';

export async function main(): Promise<number> {
  const [[trainX, trainY], [testX]] = await mnist.loadData({ progress: false });
  const shape: [number, number, number] = trainX.shape;
  const labels: [number] = trainY.shape;
  const few: Images = testX.slice(0, 4);
  const pixels: Uint8Array = few.data;
  // @ts-expect-error: pictures have three axes
  const wrong: [number] = trainX.shape;
  return shape[2] + labels[0] + pixels.length + wrong.length;
}
