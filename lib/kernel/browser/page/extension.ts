/** JupyterLab's shared packages by name and version. */
type ShareScope = Record<string, Record<string, { get(): Promise<() => unknown> }>>;

export type Shared = <T>(name: string) => Promise<T>;

/** Registers plugins as a prebuilt JupyterLab extension, with packages from JupyterLab's share scope. */
export function provideExtension(name: string, plugins: (shared: Shared) => Promise<object>): void {
  let scope: ShareScope = {};
  async function shared<T>(name: string): Promise<T> {
    const [version] = Object.values(scope[name] ?? {});
    if (!version) throw new Error(`JupyterLab does not share ${name}`);
    return (await version.get())() as T;
  }
  const page = window as unknown as { _JUPYTERLAB?: Record<string, object> };
  page._JUPYTERLAB ??= {};
  page._JUPYTERLAB[name] = {
    init: (shareScope: ShareScope) => {
      scope = shareScope;
    },
    async get() {
      const extension = await plugins(shared);
      return () => ({ __esModule: true, default: extension });
    },
  };
}
