export function packagesInstalled(root: string): boolean;
export function installPackages(
  root: string,
  report: (done: number, total: number) => void,
): Promise<void>;
