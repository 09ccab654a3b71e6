/** The parts of tslab that its own types leave out. */
declare module 'tslab/dist/main.js' {
  export function startKernel(options: {
    configPath: string;
    enableFindLocal?: boolean;
    jsKernel?: boolean;
    globalVersion?: string;
  }): void;
}
