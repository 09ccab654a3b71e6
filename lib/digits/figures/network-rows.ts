import type * as tf from '@tensorflow/tfjs';
import { grouped, pythonShape } from '../format';
import { text } from '../language';
import { kerasLayerNames, outputShape } from '../network/summary';

/** Layers whose every unit reads all of the units, or pictures, before it. */
const READS_ALL = /^(Dense|Conv|SeparableConv|SimpleRNN|LSTM|GRU)/;

/** A row of the drawing: a layer, or what goes into the first one. */
export interface Row {
  readonly title: string;
  readonly shape: string;
  /** The sum of the parameters, `784 × 128 + 128 = 100,480`; empty where there are none. */
  readonly parameters: string;
  /** The number of units, or of pictures. */
  readonly units: number;
  readonly pictures: boolean;
  /** The size of a picture, `28 × 28`. */
  readonly size: string;
  readonly trained: boolean;
  /** Whether each unit reads all of the row above, or only its own. */
  readonly readsAll: boolean;
}

/**
 * Lists the rows that a drawing of the network has, from its input down.
 *
 * @throws TypeError for a model that is no built Sequential stack.
 */
export function networkRows(model: tf.LayersModel): Row[] {
  if (model.getClassName() !== 'Sequential' || !model.inputs?.[0]) {
    throw new TypeError(
      text({
        zh: `应当是搭建好的 Sequential 模型，第一层写明 inputShape；收到的是 ${model.getClassName()}。请用 tf.sequential() 逐层搭建。`,
        en: `Expected a built Sequential model whose first layer names its inputShape but received ${model.getClassName()}. Build it layer by layer with tf.sequential().`,
      }),
    );
  }
  const layers = model.layers.filter(layer => layer.getClassName() !== 'InputLayer');
  const names = kerasLayerNames(layers);
  const input = model.inputs[0].shape;
  return [
    {
      title: text({ zh: '输入', en: 'input' }),
      shape: pythonShape(input),
      parameters: '',
      ...unitsOf(input),
      trained: false,
      readsAll: false,
    },
    ...layers.map((layer, i) => {
      const type = layer.getClassName();
      const { activation } = layer.getConfig();
      const kind = typeof activation === 'string' && activation ? `${type}, ${activation}` : type;
      return {
        title: `${names[i]} (${kind})`,
        shape: outputShape(layer),
        parameters: parametersOf(layer),
        ...unitsOf(layer.outputShape as tf.Shape),
        trained: layer.countParams() > 0,
        readsAll: READS_ALL.test(type),
      };
    }),
  ];
}

/** Reads a shape: `[null, height, width, channels]` is a picture a channel, `[null, units]` units. */
function unitsOf(shape: tf.Shape): Pick<Row, 'units' | 'pictures' | 'size'> {
  const pictures = shape.length > 2;
  const size = shape.slice(1, 3).join(' × ');
  return { pictures, size, units: shape.length === 3 ? 1 : (shape[shape.length - 1] ?? 1) };
}

/** Adds up the weights' sizes: `784 × 128 + 128 = 100,480`. */
function parametersOf(layer: tf.layers.Layer): string {
  const sizes = layer.weights.map(({ shape }) => shape.join(' × '));
  return sizes.length ? `${sizes.join(' + ')} = ${grouped(layer.countParams())}` : '';
}
