export function withLock<T>(
  file: string,
  work: () => Promise<T>,
  onWait?: (holder: number | undefined) => void,
): Promise<T>;
