import { cpus } from 'node:os';
import * as tf from '@tensorflow/tfjs';
import { setParts } from 'tfjs-graph';
import { messages } from '../language';
import { type Device, type DeviceKind, deviceOf } from './device';
import { gpuName } from './nvidia';
import { addonPath, type DevicePlan, parseDeviceKind, planDevice } from './plan';
import { releaseUnreachable } from './release-unreachable';
import { startCpu } from './start-cpu';
import { planThreads } from './threads';
import { notFound, tryGpu } from './try-gpu';
import { wasmDevice } from './wasm';

export type { Device };

startCpu();

/**
 * Starts the fastest engine that this machine has: GPU, then the native CPU engine, then
 * WebAssembly. Where a faster one cannot be used, it starts the next, and says why.
 *
 * GPU memory growth is switched on first, so that TensorFlow takes the GPU's memory as it needs
 * it instead of all at once. Before that, the GPU is tried in a process of its own: a fault of it
 * would end this one.
 *
 * @param requested an engine to use instead; defaults to the environment variable `DIGITS_DEVICE`.
 * @throws RangeError where `DIGITS_DEVICE` names no engine, or `DIGITS_THREADS` is no number of threads.
 * @example
 * const device = await useDevice();
 * ['gpu', 'cpu', 'wasm'].includes(device.kind); // true
 */
export async function useDevice(
  requested = parseDeviceKind(process.env.DIGITS_DEVICE),
): Promise<Device> {
  // A cell that is run again would leave its tensors behind.
  releaseUnreachable();
  if (native && requested !== 'wasm') {
    await tf.setBackend('tensorflow');
    const { device, asked } = native;
    const same = [undefined, asked, device.kind].includes(requested);
    return same ? device : deviceOf({ ...device, why: messages().device.why.running });
  }
  const plan = planDevice(requested);
  if (plan.kind === 'wasm') return startWasm(plan.why);
  const threads = planThreads();
  const trouble = plan.kind === 'gpu' ? await tryGpu(addonPath()) : undefined;
  try {
    const device = await startNative(trouble ? { kind: 'cpu', why: trouble } : plan, threads);
    native = { device, asked: requested };
    return device;
  } catch (error) {
    const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return startWasm(messages().device.why.addonFailed(line));
  }
}

/** The native engine, which runs until the process ends, and what was asked for. */
let native: { readonly device: Device; readonly asked: DeviceKind | undefined } | undefined;

interface NativeBackend extends tf.KernelBackend {
  readonly isUsingGpuDevice: boolean;
  readonly binding: { readonly TF_Version: string };
}

async function startNative(plan: DevicePlan, threads: number): Promise<Device> {
  // The addon makes its context, with these options, while it loads.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH = 'true';
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  // Sharing out each op costs more than it gains where they are as small as the lesson's: with two
  // threads an op, its epoch takes 1.4 times the processor time of one with products in two parts.
  process.env.TF_NUM_INTRAOP_THREADS = '1';
  process.env.TF_NUM_INTEROP_THREADS = String(threads);
  // oneDNN stays on. Without it TensorFlow need not look through its kernels for one of oneDNN's, 1.5 ms
  // for each kind of op in a graph, once a process; but convolutions take 2.7 times as long.
  if (plan.kind === 'cpu') process.env.CUDA_VISIBLE_DEVICES = '-1';
  // Not `import()`, which would search this package and all of TensorFlow.js for their exports.
  require('@tensorflow/tfjs-node-gpu');
  await tf.setBackend('tensorflow');
  setParts(threads);
  const { binding, isUsingGpuDevice } = tf.backend() as NativeBackend;
  const engine = `TensorFlow ${binding.TF_Version}`;
  if (isUsingGpuDevice) {
    const hardware = (await gpuName()) ?? 'NVIDIA GPU';
    return deviceOf({ kind: 'gpu', engine, hardware, why: plan.why });
  }
  // The very first op makes ready for all others.
  tf.tidy(() => tf.square(1));
  const why = plan.kind === 'gpu' ? notFound() : plan.why;
  return deviceOf({ kind: 'cpu', engine, threads, hardware: processor(), why });
}

async function startWasm(why: string): Promise<Device> {
  require('@tensorflow/tfjs-backend-wasm');
  const before = listeners();
  await tf.setBackend('wasm');
  // Its own would end the process at the first error that nobody waits for.
  for (const [event, listener] of listeners()) {
    if (!before.some(([, other]) => other === listener)) process.off(event, listener);
  }
  return wasmDevice(processor(), why);
}

function processor(): string {
  const all = cpus();
  return `${all[0]?.model.trim() || process.arch} × ${all.length}`;
}

/** Lists what hears of errors that nobody waits for. */
const listeners = () =>
  ['uncaughtException', 'unhandledRejection'].flatMap(event =>
    process.listeners(event as 'uncaughtException').map(listener => [event, listener] as const),
  );
