import { cpus } from 'node:os';
import * as tf from '@tensorflow/tfjs';
import { setParts } from 'tfjs-graph';
import { messages } from '../language';
import { prepareBeforeStart } from './before-start';
import { type Device, type DeviceKind, deviceOf } from './device';
import { gpuName } from './nvidia';
import { addonPath, parseDeviceKind, planDevice, planThreads } from './plan';
import { releaseUnreachable } from './release-unreachable';
import { notFound, tryGpu } from './try-gpu';
import { wasmDevice } from './wasm';

export type { Device };

/**
 * Starts the fastest engine of this machine: GPU, then the native CPU engine, then WebAssembly. If a faster
 * engine is unavailable, the next one is started with a reason.
 *
 * GPU memory growth is enabled first, so TensorFlow allocates memory on demand instead of all at once. The GPU
 * is then tested in a subprocess, because a GPU fault would end this process.
 *
 * @param requested an engine to use instead; defaults to the environment variable `DIGITS_DEVICE`.
 * @throws RangeError if `DIGITS_DEVICE` is not an engine, or `DIGITS_THREADS` is not a valid number.
 * @example
 * const device = await useDevice();
 * ['gpu', 'cpu', 'wasm'].includes(device.kind); // true
 */
export async function useDevice(
  requested = parseDeviceKind(process.env.DIGITS_DEVICE),
): Promise<Device> {
  // Avoids leaking tensors when a cell is executed again.
  releaseUnreachable();
  if (native && requested !== 'wasm') {
    await tf.setBackend('tensorflow');
    const { device, requested: first } = native;
    const same = [undefined, first, device.kind].includes(requested);
    return same ? device : deviceOf({ ...device, why: messages().device.why.running });
  }
  const plan = planDevice(requested);
  if (plan.kind === 'wasm') return startWasm(plan.why);
  const threads = planThreads();
  const trouble = plan.kind === 'gpu' ? await tryGpu(addonPath()) : undefined;
  try {
    const device = await startNative(trouble ? { kind: 'cpu', why: trouble } : plan, threads);
    native = { device, requested };
    return device;
  } catch (error) {
    const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return startWasm(messages().device.why.addonFailed(line));
  }
}

prepareBeforeStart(useDevice);

/** The native engine, which cannot be stopped, and the requested device. */
let native: { readonly device: Device; readonly requested: DeviceKind | undefined } | undefined;

interface NativeBackend extends tf.KernelBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}

async function startNative(plan: ReturnType<typeof planDevice>, threads: number): Promise<Device> {
  // The addon creates its context with these options while loading.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH = 'true';
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  // Intra-op threads cost more than they gain for ops as small as the lesson's. With two threads per op, an
  // epoch takes 1.4 times the processor time of products in two shards.
  process.env.TF_NUM_INTRAOP_THREADS = '1';
  process.env.TF_NUM_INTEROP_THREADS = String(threads);
  // oneDNN stays enabled. Without it, TensorFlow saves a kernel look-up of 1.5 ms per kind of op in a graph,
  // once per process, but convolutions take 2.7 times as long.
  if (plan.kind === 'cpu') process.env.CUDA_VISIBLE_DEVICES = '-1';
  // `import()` would scan this package and all of TensorFlow.js for exports.
  require('@tensorflow/tfjs-node-gpu');
  await tf.setBackend('tensorflow');
  setParts(threads);
  const { binding, isUsingGpuDevice } = tf.backend() as NativeBackend;
  const engine = `TensorFlow ${binding.TF_Version}`;
  if (isUsingGpuDevice) {
    const hardware = (await gpuName()) ?? 'NVIDIA GPU';
    return deviceOf({ kind: 'gpu', engine, hardware, why: plan.why });
  }
  // The first op initializes the engine.
  tf.tidy(() => tf.square(1));
  const why = plan.kind === 'gpu' ? notFound() : plan.why;
  return deviceOf({ kind: 'cpu', engine, threads, hardware: processor(), why });
}

async function startWasm(why: string): Promise<Device> {
  require('@tensorflow/tfjs-backend-wasm');
  const earlierListeners = listeners();
  await tf.setBackend('wasm');
  // The backend's own listeners would end the process at the first unhandled error.
  for (const [event, listener] of listeners()) {
    if (!earlierListeners.some(([, other]) => other === listener)) process.off(event, listener);
  }
  return wasmDevice(processor(), why);
}

function processor(): string {
  const all = cpus();
  return `${all[0]?.model.trim() || process.arch} × ${all.length}`;
}

const listeners = () =>
  ['uncaughtException', 'unhandledRejection'].flatMap(event =>
    process.listeners(event as 'uncaughtException').map(listener => [event, listener] as const),
  );
