import type { Language } from '../../language';
import type { Advice } from '../advice';

/** The words of the page. */
export interface Texts {
  readonly draw: string;
  readonly seen: string;
  readonly clear: string;
  readonly help: string;
  readonly explain: string;
  readonly empty: string;
  readonly bars: string;
  readonly advice: Readonly<Record<Advice, string>>;
  answer(digit: number, percent: string): string;
}

export const texts: Record<Language, Texts> = {
  zh: {
    draw: '在这里写一个数字',
    seen: '网络看到的：28 × 28',
    clear: '清除',
    help: '鼠标、手指或笔都可以。键盘：方向键移动笔尖，空格键落笔或提笔，Delete 键清除。',
    explain:
      '蓝框是笔迹的外框。它按比例缩放，刚好放进 20 × 20；再整体移动，让笔迹的重心落在 28 × 28 的正中（十字处）。MNIST 的每一张图都是这样处理的。',
    empty: '写一个 0～9 的数字，边写边认。',
    bars: '概率',
    advice: {
      larger: '写得太小了，请写大一些。',
      single: '请一次只写一个数字。',
      lines: '请只写数字的笔画，不要涂满四周。',
    },
    answer: (digit, percent) => `网络认为这是 ${digit}，概率 ${percent}。`,
  },
  en: {
    draw: 'Draw a digit here',
    seen: 'What the network sees',
    clear: 'Clear',
    help: 'Use a mouse, a finger or a pen. Keyboard: arrow keys move the pen, Space puts it down or lifts it, Delete clears.',
    explain:
      'The blue frame surrounds your strokes. They are scaled to fit 20 × 20, keeping their proportions, and then moved so that their centre of mass lies in the middle of the 28 × 28 (the cross). Every picture of MNIST was prepared in this way.',
    empty: 'Draw a digit, 0 to 9; it is read as you draw.',
    bars: 'Probabilities',
    advice: {
      larger: ' Draw larger.',
      single: ' One digit at a time.',
      lines: ' Draw only the lines of the digit, and leave what is around them black.',
    },
    answer: (digit, percent) => `The network says ${digit}: ${percent}.`,
  },
};
