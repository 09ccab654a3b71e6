/** The doctor's findings about Python, its environment and the packages in it. */
import { same, type Text } from '../../project/failure.mjs';
import { type Interpreter, interpreterOf, versionFits } from '../../project/python';
import { brokenPackages } from '../packages/broken-packages';
import { nameOf } from '../packages/installed';
import { newestPython, pythonWithVenv } from '../packages/pythons';
import { Uv } from '../packages/uv';
import { missingPackages } from '../steps/packages';
import type { Site } from '../steps/step';
import { isSound } from '../steps/venv';
import { type Finding, setUpAgain } from './finding';

export async function python(site: Site): Promise<Finding> {
  const title = same('Python');
  const inside = await interpreterOf(site.python);
  if (inside && versionFits(inside.version)) {
    return { title, there: true, seen: inside.version, needed: true, cure: setUpAgain };
  }
  try {
    const uv = await Uv.present();
    const { version, executable } = await (uv ? newestPython(uv) : pythonWithVenv());
    const seen = `${version} (${executable})`;
    return { title, there: true, seen, needed: true, cure: setUpAgain };
  } catch (error) {
    return { title, there: false, needed: true, cure: (error as { text: Text }).text };
  }
}

export async function environment(site: Site): Promise<Finding[]> {
  const { own } = site;
  const { prefix } = site.python;
  const inside = await interpreterOf(site.python);
  const there = isSound(site, inside);
  const update = `conda env update --file environment.yml --prefix ${prefix}`;
  const shared = { needed: true, cure: own ? setUpAgain : same(update) };
  // A broken environment's Python may see the system's packages.
  const lack = inside && there ? lacking(site, inside) : undefined;
  return [
    {
      ...shared,
      title: { en: 'Python environment', zh: 'Python 环境' },
      there,
      seen: there ? prefix : brokenBy(prefix, inside),
      logs: ['uv', 'venv'],
    },
    {
      ...shared,
      title: { en: 'Python packages', zh: 'Python 软件包' },
      there: lack?.en === '',
      seen: lack,
      large: true,
      logs: ['packages'],
    },
  ];
}

function brokenBy(prefix: string, inside?: Interpreter): Text {
  if (!inside)
    return { en: `there is no working Python in ${prefix}`, zh: `${prefix} 中没有可运行的 Python` };
  if (!versionFits(inside.version)) return same(`${inside.version} (${prefix})`);
  const file = `${prefix}/pyvenv.cfg`;
  return { en: `${file} is missing or empty`, zh: `${file} 缺失或为空` };
}

/** Names the packages that are missing, or that have lost files. */
function lacking(site: Site, { packages }: Interpreter): Text {
  const missing = missingPackages(site, packages);
  const broken = site.own ? brokenPackages(packages) : [];
  const names = broken.map(nameOf);
  const lists: [string[], Text][] = [
    [missing.map(({ spec }) => spec), { en: 'missing', zh: '缺失' }],
    [names, { en: 'incomplete or with files missing', zh: '未装完或缺少文件' }],
  ];
  const there = lists.filter(([list]) => list.length > 0);
  return {
    en: there.map(([list, { en }]) => `${en}: ${list.join(', ')}`).join('; '),
    zh: there.map(([list, { zh }]) => `${zh}：${list.join('、')}`).join('；'),
  };
}
