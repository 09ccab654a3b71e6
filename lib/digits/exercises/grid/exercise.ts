import { failIf, formatValue, parseNumbers, parseTensor, type Task } from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

export const grid: Task<typeof en> = {
  texts: { en, zh },
  verify(answer, { wrong, reward }) {
    const tensor = parseTensor(answer);
    const shape = tensor.shape.join(', ');
    const content = parseNumbers(Array.from(tensor.dataSync()));
    failIf(String(content) === '2,3', wrong.shapeAsContent);
    failIf(tensor.rank === 1, wrong.oneAxis(shape));
    failIf(shape === '3, 2', wrong.transposed);
    failIf(shape !== '2, 3', wrong.shape(shape));
    const sorted = String(content.slice().sort((a, b) => a - b));
    failIf(sorted === '0,1,2,3,4,5', wrong.fromZero);
    failIf(sorted !== '1,2,3,4,5,6', wrong.content(formatValue(content)));
    return reward;
  },
};
