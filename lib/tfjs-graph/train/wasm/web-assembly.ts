/** A memory that grows by pages of 64 KiB; what was its buffer before is then empty. */
export interface LinearMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** What is used here of WebAssembly. TypeScript has its types with those of web pages alone. */
interface Api {
  readonly Memory: new (size: { initial: number }) => LinearMemory;
  readonly Module: new (binary: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { env: { memory: LinearMemory } },
  ) => { readonly exports: unknown };
}

export const { Memory, Module, Instance } = (globalThis as unknown as { WebAssembly: Api })
  .WebAssembly;
