/** `npm run doctor`: tells what is there, what is missing or broken, and the cure for each. */
import { join } from 'node:path';
import { freeGigabytes, NEEDED, tooLittle } from '../project/disk.mjs';
import { type Language, lastCause, same } from '../project/failure.mjs';
import { projectRoot } from '../project/paths';
import { engine, webAssembly } from './findings/engine';
import { type Finding, setUpAgain } from './findings/finding';
import { browser, data, gpu } from './findings/others';
import { environment, python } from './findings/python';
import { kernelFile, kernelStep } from './steps/kernel';
import { wantsNative } from './steps/or-web-assembly';
import type { Site } from './steps/step';

/** Prints the findings. Returns the exit code: 1 when something that is needed is missing. */
export async function examine(site: Site, language: Language): Promise<number> {
  const colon = language === 'zh' ? '：' : ': ';
  const all = await findings(site);
  for (const { title, there, seen, needed, logs = [], cure } of all) {
    const mark = there ? '✔' : needed ? '✖' : '–';
    const words = typeof seen === 'object' ? seen[language] : seen;
    console.log(`${mark} ${title[language]}${words ? colon + words : ''}`);
    if (there) continue;
    for (const log of logs) {
      const cause = lastCause(join(projectRoot, 'build', 'setup', `${log}.log`));
      if (cause) console.log(`  ${cause[language]}`);
    }
    console.log(`  → ${cure[language]}`);
  }
  const missing = all.filter(({ there, needed }) => needed && !there);
  const free = freeGigabytes(projectRoot);
  if (missing.some(({ large }) => large) && free !== undefined && free < NEEDED) {
    console.log(tooLittle(free)[language]);
  }
  return missing.length > 0 ? 1 : 0;
}

async function findings(site: Site): Promise<Finding[]> {
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
    ...(wantsNative(site) ? await engine(site) : [webAssembly(site)]),
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
