/** A constant that is given another value. */
import { text } from 'digits/language';
import type { Found } from '../cell-error';

/** TypeScript and the browser's kernel say it alike. */
export function constant({ error }: Found): string | undefined {
  const [, name] = /^Cannot assign to '(.*)' because it is a constant\.$/.exec(error.message) ?? [];
  return name
    ? text({
        zh: `会变的值用 let 声明：let ${name} = …`,
        en: `Declare a value that changes with let: let ${name} = …`,
      })
    : undefined;
}
