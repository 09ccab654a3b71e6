/** Finds what cells import: the lesson's packages, and nothing else. */
import { text } from 'digits/language';

let modules: Readonly<Record<string, object>> = {};
const loading = import('./modules').then(loaded => {
  ({ modules } = loaded);
});
// Told of by the cell that imports something.
loading.catch(() => {});

/** The modules that are there by now. */
export const loadedModules = (): Readonly<Record<string, object>> => modules;

/** A module that cells cannot import. */
class ImportError extends Error {
  override readonly name = 'ImportError';
}

/** Has errors tell where the cell asked, which Firefox forgets at the first `await`. */
const asked =
  <Given extends unknown[], Found>(find: (...given: Given) => Promise<Found>) =>
  (...given: Given): Promise<Found> => {
    const { stack } = new Error();
    return find(...given).catch(error => {
      throw Object.assign(error, { stack });
    });
  };

/** @throws ImportError that names what can be imported. */
export const importModule = asked(async (name: string): Promise<Record<string, unknown>> => {
  try {
    await loading;
  } catch (error) {
    throw new ImportError(
      text({
        zh: `课程的程序没有加载成功（${reasonOf(error)}）。请检查网络，刷新页面，再运行一次这个单元格。`,
        en: `The lesson's code could not be loaded (${reasonOf(error)}). Check your connection, reload the page, and run the cell again.`,
      }),
      { cause: error },
    );
  }
  return requireModule(name);
});

/** Returns a module that is there already. @throws ImportError */
export function requireModule(name: string): Record<string, unknown> {
  const found = modules[name];
  if (found) return found as Record<string, unknown>;
  const known = Object.keys(modules);
  throw new ImportError(
    text({
      zh: `浏览器里不能导入 '${name}'。可以导入的有：${known.join('、')}。要用其他的包和文件，请把课程安装到电脑上。`,
      en: `'${name}' cannot be imported in the browser. Available here: ${known.join(', ')}. For other packages and files, install the lesson on a computer.`,
    }),
  );
}

/**
 * Finds a member of a module.
 *
 * @returns undefined where the module has none of this name: a type, which TypeScript takes out where
 * it knows it to be one. Whoever uses it as a value is told that it is not defined.
 */
export const memberOf = asked(
  async (from: string, name: string): Promise<{ value: unknown } | undefined> => {
    const module = await importModule(from);
    if (name in module) return { value: module[name] };
    if (name === 'default') return { value: module };
    if (/^[A-Z]/.test(name)) return undefined;
    throw new ImportError(
      text({
        zh: `'${from}' 没有导出 '${name}'。`,
        en: `Module '${from}' has no exported member '${name}'.`,
      }),
    );
  },
);

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
