/** The data do not have the shape that the model was built for. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** A label is none of the classes that the model tells apart. */
export class LabelError extends RangeError {
  override readonly name = 'LabelError';
}

/** An option has a value that it cannot have. */
export class OptionError extends RangeError {
  override readonly name = 'OptionError';
}

/** A stage of the lesson that must come first has not been run. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
}

/** Something else stands where a model belongs. */
export class ModelError extends TypeError {
  override readonly name = 'ModelError';
}

/** The model was compiled with another loss. */
export class LossError extends Error {
  override readonly name = 'LossError';
}

/** The data are no tensor of numbers, or their numbers are gone. */
export class TensorError extends TypeError {
  override readonly name = 'TensorError';
}

/** Replaces an error's message, also in its stack, which repeats it. */
export function reworded<E extends Error>(error: E, message: string): E {
  const stack = error.stack?.replace(error.message, () => message);
  return Object.assign(error, { message, stack });
}
