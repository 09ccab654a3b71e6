import type { Text } from './failure.mjs';

export const NEEDED: number;
export function canWrite(folder: string): boolean;
export function freeGigabytes(folder: string): number | undefined;
export function tooLittle(free: number): Text;
