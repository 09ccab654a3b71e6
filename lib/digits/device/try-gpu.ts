import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Text } from '../language';
import { tellsOfTakenMemory } from './gpu-memory';

/** How long to wait, in milliseconds: a driver that hangs never answers. */
const PATIENCE = 60_000;

/**
 * Multiplies two matrices on the GPU, in a process of its own: TensorFlow ends the process where the
 * GPU has no memory for it, and keeps the GPU where it has.
 *
 * @param addon the path of TensorFlow.js's native addon.
 * @returns why the GPU cannot be used; undefined where it computes.
 */
export function tryGpu(addon: string, patience = PATIENCE): Promise<Text | undefined> {
  const options = {
    env: { ...process.env, TF_FORCE_GPU_ALLOW_GROWTH: 'true', TF_CPP_MIN_LOG_LEVEL: '1' },
    timeout: patience,
    killSignal: 'SIGKILL',
  } as const;
  const program = join(__dirname, 'first-product.cjs');
  return new Promise(settle => {
    execFile(process.execPath, [program, addon], options, (error, stdout, stderr) => {
      if (!error && stdout.trim() === 'GPU') settle(undefined);
      else if (tellsOfTakenMemory(stderr)) settle(MEMORY_TAKEN);
      else if (/Cannot dlopen some GPU libraries/.test(stderr)) settle(LIBRARIES_MISSING);
      else if (error?.killed) settle(broken(`${patience / 1000} s`));
      else if (error) settle(broken(complaint(stderr) ?? error.message));
      else settle(notFound(complaint(stderr)));
    });
  });
}

/** How a driver or a crash says what is wrong, without the words around it; the most telling first. */
const COMPLAINTS = [/CUDA_ERROR_\w+/, /(?<=what\(\): +).*/, /(?<=^\w*Error: ).*/m];

const complaint = (stderr: string): string | undefined =>
  COMPLAINTS.flatMap(pattern => pattern.exec(stderr)?.[0] ?? []).at(0);

const MEMORY_TAKEN: Text = {
  zh: 'GPU 的显存已被占用，多半是另一个进程（例如另一个笔记本）占着；nvidia-smi 会列出占用者。等显存空出来，重启内核即可使用 GPU',
  en: "the GPU's memory is already in use, most likely by another process, such as another notebook; `nvidia-smi` lists who is using it. Once it is free, restart the kernel to use the GPU",
};

const LIBRARIES_MISSING: Text = {
  zh: '找到了 NVIDIA 驱动，但缺少 CUDA 库；运行 npm run setup 即可安装',
  en: 'an NVIDIA driver is present, but the CUDA libraries are missing; `npm run setup` installs them',
};

/** Says that the GPU, or its driver, does not work. */
const broken = (how: string): Text => ({
  zh: `GPU 无法计算（${how}）；用 nvidia-smi 检查显卡和驱动，或设置 DIGITS_DEVICE=cpu`,
  en: `the GPU cannot compute (${how}); check the card and its driver with \`nvidia-smi\`, or set DIGITS_DEVICE=cpu`,
});

/** Says that TensorFlow sees no GPU. */
export function notFound(reason?: string): Text {
  const visible = process.env.CUDA_VISIBLE_DEVICES;
  if (visible && (!reason || reason === 'CUDA_ERROR_NO_DEVICE')) {
    return {
      zh: `CUDA_VISIBLE_DEVICES='${visible}' 没有指明任何可用的 GPU；取消这个环境变量即可使用 GPU`,
      en: `CUDA_VISIBLE_DEVICES='${visible}' names no usable GPU; unset it to use the GPU`,
    };
  }
  const said = reason ? `（${reason}）` : '';
  const told = reason ? ` (${reason})` : '';
  return {
    zh: `找到了 NVIDIA 驱动，但 TensorFlow 没有找到可用的 GPU${said}；运行 npm run setup 安装 CUDA 库，用 nvidia-smi 检查驱动`,
    en: `an NVIDIA driver is present, but TensorFlow found no usable GPU${told}; install the CUDA libraries with \`npm run setup\`, and check the driver with \`nvidia-smi\``,
  };
}
