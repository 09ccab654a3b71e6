import { text } from 'digits/language';

/** Ends a cell that was broken off. */
export class Interrupt extends Error {
  override readonly name = 'Interrupt';

  constructor() {
    super(text({ zh: '单元格已中断', en: 'the cell was interrupted' }));
  }
}
