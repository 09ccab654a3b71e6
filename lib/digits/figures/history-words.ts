import { kerasMetricName } from '../format';
import { text } from '../language';
import type { StepCurve } from './step-means';
import { type CurveOptions, type HistoryValues, runName } from './training-panels';

/** Says what the curves of a training show, for those who cannot see them: a line for each curve. */
export function historyWords(history: HistoryValues, { steps, beside }: CurveOptions): string {
  return [
    text({ zh: '训练过程中的损失和准确率', en: 'Loss and accuracy during training' }),
    ...(steps ? stepLines(steps) : []),
    ...epochLines(history),
    ...(beside ? [besideTitle(runName(beside)), ...epochLines(beside.history)] : []),
  ].join('\n');
}

function stepLines({ values, reached }: StepCurve): string[] {
  if (reached === 0)
    return [text({ zh: '还没有训练任何一步', en: 'No step has been trained yet' })];
  return Object.entries(values).map(([name, means]) => {
    const [first, last] = [means[0], means.at(-1)].map(value => value?.toFixed(4));
    return text({
      zh: `${kerasMetricName(name)}（逐步）：${first} → ${last}`,
      en: `${kerasMetricName(name)}, step by step: ${first} → ${last}`,
    });
  });
}

function epochLines(history: HistoryValues): string[] {
  const isValidation = (name: string) => Number(name.startsWith('val_'));
  return Object.entries(history)
    .filter(([, values]) => values.length > 0)
    .sort(([a], [b]) => isValidation(a) - isValidation(b))
    .map(([name, values]) => {
      const shown = Array.from(values, value => value.toFixed(4));
      return `${kerasMetricName(name)}: ${shown.join(', ')}`;
    });
}

const besideTitle = (name: string) => text({ zh: `对照：${name}`, en: `For comparison: ${name}` });
