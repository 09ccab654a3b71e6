import { nextTurn } from './next-turn';

/** When others have their turn while training goes on. */
export type YieldEvery = 'auto' | 'batch' | 'epoch' | 'never' | number;

/** Milliseconds of `'auto'`, those of tfjs-layers. */
const AUTO = 125;

/** Lets timers, messages and the page have their turn while training goes on. */
export class Turns {
  private last = performance.now();

  constructor(private readonly every: YieldEvery) {}

  async afterSteps(): Promise<void> {
    const { every } = this;
    if (every === 'epoch' || every === 'never') return;
    const pause = every === 'batch' ? 0 : every === 'auto' ? AUTO : every;
    if (performance.now() - this.last < pause) return;
    await nextTurn();
    this.last = performance.now();
  }

  async afterEpoch(): Promise<void> {
    if (this.every === 'epoch') await nextTurn();
  }
}
