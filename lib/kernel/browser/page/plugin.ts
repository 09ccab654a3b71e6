/** The kernel `tslab` for JupyterLite. */
import { provideExtension, type Shared } from './extension';
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

/** As the notebooks name their kernel. */
const NAME = 'tslab';

const script = document.currentScript as HTMLScriptElement;
const worker = new URL('worker.js', script.src).href;

async function plugin(shared: Shared) {
  const services = await shared<LiteServices>('@jupyterlite/services');
  const { ITranslator } = await shared<{ ITranslator: unknown }>('@jupyterlab/translation');
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

provideExtension('digits-kernel', plugin);
