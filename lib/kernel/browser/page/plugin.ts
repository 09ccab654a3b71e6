/** The kernel `tslab` for JupyterLite. */
import { provideExtension, type Shared } from './extension';
import { type KernelOptions, kernelClass } from './kernel';

interface LiteServices {
  readonly BaseKernel: Parameters<typeof kernelClass>[0];
  readonly IKernelSpecs: unknown;
  readonly IKernelClient: unknown;
}

interface KernelClient {
  interrupt(id: string): Promise<void>;
  getModel(id: string): Promise<{ interrupt(): void } | undefined>;
}

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
    activate(
      _app: unknown,
      specs: { register(options: object): void },
      client: KernelClient,
      translator?: { readonly languageCode: string },
    ) {
      const isChinese = () => translator?.languageCode.startsWith('zh') ?? false;
      const Kernel = kernelClass(services.BaseKernel, worker, isChinese);
      const create = async (options: KernelOptions) => new Kernel(options);
      const spec = {
        // The kernel name in the notebooks.
        name: 'tslab',
        display_name: 'TypeScript (tslab)',
        language: 'typescript',
        argv: [],
        resources: {},
      };
      specs.register({ spec: { ...spec, spec }, create });
      // At an interrupt, JupyterLite clears the queue but does not notify the kernel.
      const clearQueue = client.interrupt.bind(client);
      client.interrupt = async id => {
        await clearQueue(id);
        (await client.getModel(id))?.interrupt();
      };
    },
  };
}

provideExtension('digits-kernel', plugin);
