/** What is used here of JupyterLite, whose packages JupyterLab shares with its extensions at run time. */

export interface LiteServices {
  readonly BaseKernel: new (options: KernelOptions) => LiteKernel;
  readonly IKernelSpecs: unknown;
  readonly IKernelClient: unknown;
}

export interface KernelOptions {
  readonly id: string;
  readonly name: string;
}

export type Reply = Readonly<Record<string, unknown>>;

/** A kernel that answers the messages which it is handed, one after the other. */
export interface LiteKernel {
  readonly id: string;
  readonly isDisposed: boolean;
  readonly executionCount: number;
  stream(content: { name: string; text: string }): void;
  displayData(content: object): void;
  updateDisplayData(content: object): void;
  publishExecuteResult(content: object): void;
  publishExecuteError(content: {
    ename: string;
    evalue: string;
    traceback: readonly string[];
  }): void;
  dispose(): void;
}

export interface KernelSpecs {
  register(options: { spec: object; create(options: KernelOptions): Promise<unknown> }): void;
}

export interface KernelClient {
  interrupt(id: string): Promise<void>;
}

export interface Translator {
  readonly languageCode: string;
}

/** The packages that JupyterLab shares: by name, then by version. */
export type ShareScope = Record<string, Record<string, { get(): Promise<() => unknown> }>>;
