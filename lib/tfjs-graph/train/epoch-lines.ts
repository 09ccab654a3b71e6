import * as tf from '@tensorflow/tfjs';

/** Prints a line at the end of each epoch: its number, its seconds, the loss and the metrics. */
export class EpochLines extends tf.Callback {
  private began = 0;

  override async onEpochBegin(): Promise<void> {
    this.began = performance.now();
  }

  override async onEpochEnd(epoch: number, logs: tf.Logs = {}): Promise<void> {
    const seconds = (performance.now() - this.began) / 1000;
    const values = Object.entries(logs).map(([name, value]) => `${name} ${brief(Number(value))}`);
    const epochs = Number(this.params.epochs);
    console.log([`Epoch ${epoch + 1}/${epochs}: ${brief(seconds)} s`, ...values].join(', '));
  }
}

/** Four digits, as many as tell two epochs apart. */
const brief = (value: number): string => String(Number(value.toPrecision(4)));
