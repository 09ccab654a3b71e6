export const HELP = `tfjs-graph: a fast fit and tf.function for TensorFlow.js

Usage: npx tfjs-graph addon [options]

Compiles the native addon of @tensorflow/tfjs-node or @tensorflow/tfjs-node-gpu, whichever the project
in this folder has, together with the operations of tfjs-graph, against TensorFlow's libraries from PyPI.
TensorFlow.js's own installer need not have run: npm install --ignore-scripts @tensorflow/tfjs-node

Options:
  --tensorflow FOLDER  takes the libraries from an installed TensorFlow: a site-packages folder, or the
                       folder tensorflow in it; for a GPU, one that was installed with its CUDA libraries
  --python PROGRAM     the Python that fetches from PyPI; otherwise uv, python3 or python on the path
  --force              compiles even if the addon is there already
  --help               prints this
  --version            prints the version

Exit codes: 0 the addon is there; 1 it could not be made; 2 wrong arguments; 130 interrupted.
`;
