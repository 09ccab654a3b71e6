/**
 * The kernel `tslab` for JupyterLite, in the form in which JupyterLab loads an extension: the packages
 * that both need come from its share scope, so that nothing of JupyterLab is built.
 */
import { type Interruptible, type KernelOptions, kernelClass, type LiteServices } from './kernel';

interface KernelSpecs {
  register(options: { spec: object; create(options: KernelOptions): Promise<unknown> }): void;
}

interface KernelClient {
  interrupt(id: string): Promise<void>;
}

interface Translator {
  readonly languageCode: string;
}

/** The packages that JupyterLab shares: by name, then by version. */
type ShareScope = Record<string, Record<string, { get(): Promise<() => unknown> }>>;

async function shared<T>(scope: ShareScope, name: string): Promise<T> {
  const [version] = Object.values(scope[name] ?? {});
  if (!version) throw new Error(`JupyterLab does not share ${name}`);
  return (await version.get())() as T;
}

/** As the notebooks name their kernel. */
const NAME = 'tslab';

const script = document.currentScript as HTMLScriptElement;
const worker = new URL('worker.js', script.src).href;

async function plugin(scope: ShareScope) {
  const services = await shared<LiteServices>(scope, '@jupyterlite/services');
  const { ITranslator } = await shared<{ ITranslator: unknown }>(scope, '@jupyterlab/translation');
  return {
    id: 'digits-kernel:kernel',
    autoStart: true,
    requires: [services.IKernelSpecs, services.IKernelClient],
    optional: [ITranslator],
    activate(_app: unknown, specs: KernelSpecs, client: KernelClient, translator?: Translator) {
      const isChinese = () => translator?.languageCode.startsWith('zh') ?? false;
      const Kernel = kernelClass(services, worker, isChinese);
      const kernels = new Map<string, Interruptible>();
      const spec = {
        name: NAME,
        display_name: 'TypeScript (tslab)',
        language: 'typescript',
        argv: [],
        resources: {},
      };
      specs.register({
        spec: { ...spec, spec },
        async create(options: KernelOptions) {
          const kernel = new Kernel(options);
          kernels.set(kernel.id, kernel);
          return kernel;
        },
      });
      // JupyterLite takes the waiting cells away at an interrupt, but does not tell the kernel of it.
      const takeWaiting = client.interrupt.bind(client);
      client.interrupt = async id => {
        await takeWaiting(id);
        kernels.get(id)?.interrupt();
      };
    },
  };
}

interface Extensions {
  [name: string]: { init(scope: ShareScope): void; get(): Promise<() => object> };
}

const page = window as unknown as { _JUPYTERLAB?: Extensions };
page._JUPYTERLAB ??= {};
let scope: ShareScope = {};
page._JUPYTERLAB['digits-kernel'] = {
  init(given) {
    scope = given;
  },
  async get() {
    const found = await plugin(scope);
    return () => ({ __esModule: true, default: found });
  },
};
