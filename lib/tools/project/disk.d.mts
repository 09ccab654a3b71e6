import type { Text } from './failure.mjs';

export const NEEDED: number;
export function freeGigabytes(folder: string): number | undefined;
export function tooLittle(free: number): Text;
