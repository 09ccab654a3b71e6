/** The packages that JupyterLab shares: by name, then by version. */
type ShareScope = Record<string, Record<string, { get(): Promise<() => unknown> }>>;

/** Returns a package that JupyterLab shares. */
export type Shared = <T>(name: string) => Promise<T>;

/**
 * Provides plugins in the form in which JupyterLab loads an extension: the packages that both need come
 * from its share scope, so that nothing of JupyterLab is built.
 */
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
    init: (given: ShareScope) => {
      scope = given;
    },
    async get() {
      const found = await plugins(shared);
      return () => ({ __esModule: true, default: found });
    },
  };
}
