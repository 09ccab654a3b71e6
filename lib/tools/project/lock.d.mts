import type { Text } from './failure.mjs';

export function waitingFor(pid: number | undefined): Text;
export function withLock<T>(
  file: string,
  work: () => Promise<T>,
  onWait?: (holder: number | undefined) => void,
): Promise<T>;
export function isHeld(file: string): boolean;
