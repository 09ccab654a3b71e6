import * as tf from '@tensorflow/tfjs';
import { computing, integer, number, numbers } from '../judging/compare';
import { failIf } from '../judging/exercise';
import { en } from './text.en';
import { zh } from './text.zh';

const total = (values: readonly number[]) => values.reduce((a, b) => a + b);
const average = (values: readonly number[]) => total(values) / values.length;
const ordered = (values: readonly number[]) => values.slice().sort((a, b) => a - b);

export const mean = computing<[values: number[]], number, typeof en>({
  texts: { en, zh },
  cases: [[[4, 9, -1]], [[0.5, -7.25, 1.5, 12]], [[2.5]]],
  draw: () => [[numbers(integer(4, 6), -9, 9)]],
  right: average,
  wrong: {
    total,
    oneLess: values => total(values) / (values.length - 1),
    largest: values => Math.max(...values),
    smallest: values => Math.min(...values),
    first: values => values[0],
    median: values => ordered(values)[Math.floor(values.length / 2)],
    middle: values => (Math.max(...values) + Math.min(...values)) / 2,
    truncated: values => average(values.map(Math.trunc)),
    rounded: values => Math.round(average(values)),
  },
  ...number,
  also({ operations, result }, { other }) {
    const taken = operations.map(({ size, shapes: [shape = []] }) => ({
      size,
      from: tf.util.sizeFromShape([...shape]),
    }));
    const summed = (count: number) => taken.some(({ size, from }) => size < from && from === count);
    failIf(!result.every(([{ length }]) => length === 1 || summed(length)), other.withoutTf);
  },
});
