import { grouped } from '../../format';
import { failIf, task } from '../judging/exercise';
import { formatValue } from '../judging/format';
import { layersWithWeights, parseNetwork } from '../judging/models';
import { parseFields, parseNumber } from '../judging/parse';
import { en } from './text.en';
import { zh } from './text.zh';

const LESSON = 101_770;

export const slim = task({ en, zh }, (answer, { wrong, reward }) => {
  const fields = parseFields(answer, ['model', 'parameters']);
  const model = parseNetwork(fields.model);
  const parameters = parseNumber(fields.parameters);
  const actual = model.countParams();
  failIf(actual >= LESSON, wrong.tooMany(grouped(actual)));
  const layers = layersWithWeights(model);
  const vectors = model.weights.filter(({ shape }) => shape.length <= 1);
  const biases = vectors.reduce((n, { shape }) => n + Number(shape[0]), 0);
  const output = layers.at(-1)?.countParams() ?? 0;
  const reasons = new Map<number | undefined, string>([
    [LESSON, wrong.lessonModel],
    [layers[0]?.countParams(), wrong.firstAlone],
    [actual - output, wrong.noOutput(output)],
    [actual - biases, wrong.noBiases(biases)],
  ]);
  const why = reasons.get(parameters) ?? wrong.otherCount;
  failIf(parameters !== actual, wrong.count(formatValue(parameters), why));
  return reward(grouped(actual));
});
