/** Returns where TensorFlow.js looks for its addon, by the path of its `package.json`. */
export function find(packageFile: string): string;
