/** A shape as Keras prints it, an open size as `None`: `(None, 28, 28)`. */
export function pythonShape(shape: readonly (number | null)[]): string {
  const sizes = shape.map(size => size ?? 'None');
  return `(${sizes.join(', ')}${sizes.length === 1 ? ',' : ''})`;
}
