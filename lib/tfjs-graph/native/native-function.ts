import type * as tf from '@tensorflow/tfjs';
import { at } from '../array';
import type { NativeBackend } from '../backend';
import { nativeRecorder } from '../native/record';
import { recordOnExamples, type TensorFunction } from '../trace/recording';
import { tensorOf, withIds } from './exchange';
import { GraphModule } from './module';

/** Compiles a function of tensors into a TensorFlow graph. Returns the module, and a callback to run the graph. */
export function nativeFunction(
  backend: NativeBackend,
  fn: TensorFunction,
  examples: readonly tf.Tensor[],
) {
  const step = recordOnExamples(nativeRecorder(backend), fn, examples);
  const module = new GraphModule(backend);
  const { graph } = module;
  const dtypes = examples.map(({ dtype }) => backend.getDTypeInteger(dtype));
  const feeds = examples.map(({ shape }, i) => graph.placeholder([-1, ...shape], at(dtypes, i)));
  const outputs = module.add<number>(
    { ...step, updates: [] },
    {
      count: graph.length(at(feeds, 0), at(dtypes, 0)),
      inputs: ({ enter, index }) => [
        () => i => {
          const dtype = at(dtypes, i);
          return graph.gather(enter(at(feeds, i), dtype), index, dtype);
        },
      ],
    },
  );
  module.load();
  const scan = (inputs: readonly tf.Tensor[]): tf.Tensor[] =>
    withIds(backend, inputs, 'floats', ids => {
      const inputFeeds = new Map(feeds.map((feed, i) => [feed, at(ids, i)]));
      const results = module.session.run(inputFeeds, outputs);
      return results.map(metadata => tensorOf(backend, metadata));
    });
  return { module, scan };
}
