import { type Training, trainingsIn } from '../training/training-log';
import { Mistake } from './exercise';
import { thrown } from './shown';

/**
 * Runs the learner's experiment, and lists what `fit` trained in it.
 *
 * @throws Mistake if TensorFlow.js's own `model.fit` refused its data.
 */
export async function trainedBy(
  experiment: () => Promise<unknown>,
): Promise<{ result: unknown; trainings: readonly Training[] }> {
  return await trainingsIn(async () => {
    try {
      return await experiment();
    } catch (error) {
      const own = error instanceof Error && /categoricalCrossentropy/i.test(error.stack ?? '');
      if (!own) throw error;
      throw new Mistake({
        zh: `TensorFlow.js 自己的 model.fit 出错了：${thrown(error).zh}。请用课程的 fit(model, …)，它接受整数标签，也看得出训练了什么。`,
        en: `TensorFlow.js’s own model.fit stopped with an error: ${thrown(error).en}. Use the lesson’s fit(model, …), which takes labels as whole numbers, and tells what was trained.`,
      });
    }
  });
}
