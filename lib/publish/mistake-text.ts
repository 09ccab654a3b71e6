type Message = string | ((...values: never[]) => string);

/** Returns the text of a mistake, with a placeholder for each value: a list that also behaves like a number. */
export function mistakeText(text: Message, placeholder: string): string {
  const value = Object.assign([placeholder], { toFixed: () => placeholder });
  return typeof text === 'string' ? text : text(...(Array(text.length).fill(value) as never[]));
}
