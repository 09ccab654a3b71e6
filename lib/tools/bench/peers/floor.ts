/** Computes the two large matrix products of an epoch's steps alone, by TensorFlow in a session of ours. */
import { useDevice } from 'digits/device/use';
import { nativeBackend } from 'tfjs-graph/graph/backend';
import { GraphText, type Ref } from 'tfjs-graph/graph/graph-text';
import { Session } from 'tfjs-graph/graph/session';
import type { Problem } from '../worker';
import { askedFor, done, end, nextEpoch, ready } from './peer';

/** Steps of one run of the graph. */
const UNROLLED = 25;

const problem = askedFor<Problem>();

async function main(): Promise<void> {
  await useDevice('cpu');
  const backend = nativeBackend();
  if (!backend) throw new Error('The native engine did not start');
  const { binding } = backend;
  const float = binding.TF_FLOAT;
  const { batch, units, samples } = problem;
  const graph = new GraphText(binding);

  // Each step has other data, or TensorFlow would see that all products are the same one.
  const shapes = { x: [UNROLLED, batch, 784], w: [784, units], g: [batch, units] };
  const feeds = new Map(
    Object.values(shapes).map(shape => {
      const values = Float32Array.from({ length: shape.reduce((a, b) => a * b) }, Math.random);
      return [graph.placeholder(shape, float), binding.createTensor(shape, float, values)] as const;
    }),
  );
  const [x, w, g] = [...feeds.keys()] as [Ref, Ref, Ref];
  // Each waits for the one before, as in training, where a step begins with the last one's weights.
  const products: Ref[] = [];
  const multiply = (a: Ref, b: Ref, transposed: boolean) => {
    const attrs = [
      graph.type('T', float),
      graph.bool('transpose_a', transposed),
      graph.bool('transpose_b', false),
    ];
    products.push(graph.add('MatMul', [a, b], attrs, products.slice(-1)));
  };
  for (const batch of graph.unstack(x, UNROLLED, float)) {
    multiply(batch, w, false);
    multiply(batch, g, true);
  }
  // Fetching one number of each is enough for it to be computed, and saves the copy of the whole.
  const int32 = binding.TF_INT32;
  const corner = graph.constant([2], int32, Int32Array.of(0, 0));
  const one = graph.constant([2], int32, Int32Array.of(1, 1));
  const numbers = products.map(whole =>
    graph.add('Slice', [whole, corner, one], [graph.type('T', float), graph.type('Index', int32)]),
  );
  const all = graph.stack(numbers, float);
  const session = Session.load(backend, graph);

  ready({ TensorFlow: (binding as unknown as { TF_Version: string }).TF_Version });
  const steps = Math.floor((samples - Math.floor(samples / 5)) / batch);
  while (await nextEpoch()) {
    for (let step = 0; step < steps; step += UNROLLED) session.read(feeds, [all]);
    done({});
  }
  end();
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
