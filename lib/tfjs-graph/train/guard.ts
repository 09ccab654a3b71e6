import type { Text } from 'digits/language';
import { likelyCause, NotFiniteError, type Suspects } from 'digits/not-finite';
import { Checkpoint } from './checkpoint';
import { firstNotFinite } from './finite';
import type { InnerModel } from './trainer';

/** So many times the loss of the first step: weights that give more are of no use. */
const ASTRAY = 10;

/**
 * Stops a training whose loss or weights are no numbers any more, and puts back the model as it
 * was when that epoch began, or an earlier one where the loss had gone astray before.
 *
 * Keras goes on: the gradients of such a loss are no numbers either, so from the next step on all
 * weights are lost, and what it prints from there is of no use. A callback that looks for NaN itself,
 * as Keras's TerminateOnNaN does, and sets `stopTraining` at that step, is left to do so.
 */
export class Guard {
  private readonly checkpoint: Checkpoint;
  private isLost = false;
  /** The epoch whose beginning is remembered, counted from 1. */
  private begun = 1;
  /** The loss of the very first step, and that of the last epoch. */
  private first = Number.NaN;
  private last = Number.NaN;

  constructor(
    private readonly model: InnerModel,
    private readonly data: Suspects['data'],
  ) {
    this.checkpoint = new Checkpoint(model);
  }

  /** To be called before the first step of an epoch: the one to go back to, unless all went astray. */
  begin(epoch: number): void {
    if (epoch > 0 && !(this.last <= ASTRAY * this.first)) return;
    this.checkpoint.take();
    this.begun = epoch + 1;
  }

  /**
   * Looks at the loss of a step.
   *
   * @throws NotFiniteError where it is no number.
   */
  step(loss: number, epoch: number, step: number, steps: number): void {
    if (epoch === 0 && step === 0) this.first = loss;
    if (Number.isFinite(loss)) return;
    throw this.lost(
      { zh: `损失变成了 ${loss}`, en: `The loss became ${loss}` },
      {
        zh: `第 ${epoch + 1} 轮，第 ${step + 1}/${steps} 步`,
        en: `epoch ${epoch + 1}, step ${step + 1}/${steps}`,
      },
    );
  }

  /**
   * Looks at the weights after an epoch and at the loss of its validation. The weights are looked at
   * as relu, or a loss that cuts off its probabilities, can hide from the loss that they are lost.
   *
   * @throws NotFiniteError where one of them is no number.
   */
  end(epoch: number, loss: number | undefined, validationLoss: number | undefined): void {
    this.last = loss ?? Number.NaN;
    const place = { zh: `第 ${epoch + 1} 轮末`, en: `the end of epoch ${epoch + 1}` };
    if (this.model.weights.some(weight => firstNotFinite(weight.read()) !== undefined)) {
      const what = { zh: '权重变成了 NaN 或无穷大', en: 'The weights became NaN or infinite' };
      throw this.lost(what, place);
    }
    if (validationLoss === undefined || Number.isFinite(validationLoss)) return;
    throw this.error({
      zh: `验证集的损失是 ${validationLoss}（${place.zh}），训练到此停止，模型保留这一轮的权重。`,
      en: `The loss of the validation is ${validationLoss} at ${place.en}. Training stopped there, and the model keeps the weights of that epoch.`,
    });
  }

  /** Gives the model and its optimizer what is remembered, where they were lost. */
  restore(): void {
    if (this.isLost) this.checkpoint.restore();
  }

  dispose(): void {
    this.checkpoint.dispose();
  }

  private lost(what: Text, place: Text): NotFiniteError {
    this.isLost = true;
    return this.error({
      zh: `${what.zh}（${place.zh}），训练到此停止，模型退回到第 ${this.begun} 轮开始时的权重。`,
      en: `${what.en} at ${place.en}. Training stopped there, and the model has the weights again with which epoch ${this.begun} began.`,
    });
  }

  private error(what: Text): NotFiniteError {
    const { data, checkpoint } = this;
    const { optimizer, history } = this.model;
    const weightsFinite = checkpoint.isFinite;
    return new NotFiniteError(what, likelyCause({ data, weightsFinite, optimizer }), history);
  }
}
