interface Contents {
  get(path: string, options: object): Promise<unknown>;
}

/** Returns an unused name for a copy, such as `lesson.en (mine).ipynb`. */
export async function freeName(
  contents: Contents,
  path: string,
  mark: (count: string) => string,
): Promise<string> {
  for (let number = 1; ; number++) {
    const name = path.replace(/(?=\.ipynb$)/, mark(number > 1 ? ` ${number}` : ''));
    const existing = contents.get(name, { content: false });
    if (!(await existing.catch(() => false))) return name;
  }
}
