/** Names what the first cell of the project's notebooks imports. */
export const firstImports = ['@tensorflow/tfjs', 'digits', 'mnist-data-loader'];
