export function packagesInstalled(root: string, dev?: boolean): boolean;
export function installPackages(
  root: string,
  dev: boolean,
  report: (done: number, total: number) => void,
): Promise<void>;
