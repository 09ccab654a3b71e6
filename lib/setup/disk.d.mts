import type { Text } from './ground.mjs';

export const NEEDED: number;
export function freeGigabytes(folder: string): number | undefined;
export function tooLittle(free: number): Text;
