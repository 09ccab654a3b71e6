/** Writes the numbers of a report: seconds, bytes, medians. */
import { median } from './statistics';

export const ms = (seconds: number) => (seconds * 1000).toFixed(0);
export const s = (seconds: number) => seconds.toFixed(2);
export const mb = (bytes: number) => (bytes / 1e6).toFixed(0);
export const of = (values: readonly number[], show: (value: number) => string) =>
  values.length > 0 ? show(median(values)) : '–';
