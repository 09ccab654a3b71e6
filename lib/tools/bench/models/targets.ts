/** The aims for the models, as ratios of times within one run. */
import type { Text } from 'digits/language';
import { finished, firstSeconds, steadySeconds } from '../epochs';
import { medianOf } from '../statistics';
import type { Target } from '../targets';
import type { ModelResult } from './report';

/** Two runs of the same steps differ by as much: below it one of them is slower. */
const NOISE = 0.05;

interface Comparison {
  readonly what: Text;
  readonly own: string;
  readonly stock: string;
  readonly of: typeof steadySeconds;
}

const against = (
  engine: 'native' | 'wasm',
  name: string,
  of: typeof steadySeconds,
): Comparison => ({
  what:
    of === firstSeconds
      ? { en: `first epoch, ${name}, against stock`, zh: `首轮，${name}，对原版` }
      : { en: `epoch, ${name}, against stock`, zh: `每轮，${name}，对原版` },
  own: engine,
  stock: `stock-${engine}`,
  of,
});

const COMPARISONS = [
  against('native', 'native', steadySeconds),
  against('native', 'native', firstSeconds),
  against('wasm', 'WebAssembly', steadySeconds),
  against('wasm', 'WebAssembly', firstSeconds),
];

/** How much faster than the best peer outside of TensorFlow.js. */
const CONVNETS: Readonly<Record<string, number>> = { 'mnist-convnet': 1.8, 'deep-convnet': 1.25 };
const PEERS = ['keras-tf', 'keras-jax', 'torch'];

/** Compares the models' times with the aims; leaves out those of which a part is missing. */
export function modelTargets(models: readonly ModelResult[]): Target[] {
  return [...COMPARISONS.flatMap(each => noSlower(models, each)), ...convnets(models)];
}

/** Returns how many times as fast as stock a model's own row is; undefined where one does not train. */
export function ratioOf({ rows }: ModelResult, { own, stock, of }: Omit<Comparison, 'what'>) {
  const [mine, theirs] = [own, stock].map(name => medianOf(finished(rows, name), of));
  return mine === undefined || theirs === undefined ? undefined : theirs / mine;
}

/** Each model that is slower than stock, the slowest first; where none is, the one that gains least. */
function noSlower(models: readonly ModelResult[], comparison: Comparison): Target[] {
  const targets = models
    .flatMap((model): Target[] => {
      const ratio = ratioOf(model, comparison);
      if (ratio === undefined) return [];
      const { en, zh } = comparison.what;
      const what = { en: `${en}: ${model.name}`, zh: `${zh}：${model.name}` };
      return [{ what, bound: { atLeast: 1 }, ratio, reached: ratio >= 1 - NOISE }];
    })
    .sort((a, b) => a.ratio - b.ratio);
  const missed = targets.filter(({ reached }) => !reached);
  return missed.length > 0 ? missed : targets.slice(0, 1);
}

function convnets(models: readonly ModelResult[]): Target[] {
  return models.flatMap(({ name, rows }): Target[] => {
    const atLeast = CONVNETS[name];
    const own = medianOf(finished(rows, 'native'), steadySeconds);
    const others = PEERS.flatMap(peer => medianOf(finished(rows, peer), steadySeconds) ?? []);
    if (atLeast === undefined || own === undefined || others.length === 0) return [];
    const ratio = Math.min(...others) / own;
    const what = {
      en: `epoch, native, against the best of Keras and PyTorch: ${name}`,
      zh: `每轮，原生，对 Keras 与 PyTorch 中最快者：${name}`,
    };
    return [{ what, bound: { atLeast }, ratio, reached: ratio >= atLeast }];
  });
}
