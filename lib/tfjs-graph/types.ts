/**
 * Result types of `predict`, `evaluate` and `apply`, so programs need no casts. tfjs-layers declares unions, for models
 * with several outputs or without metrics. Here the result has the type that the context expects, or the usual type.
 */
import type {
  ModelEvaluateArgs,
  ModelPredictConfig,
  Scalar,
  SymbolicTensor,
  Tensor,
} from '@tensorflow/tfjs';

type Data = Tensor | Tensor[];
type Symbols = SymbolicTensor | SymbolicTensor[];

declare module '@tensorflow/tfjs' {
  interface LayersModel {
    predict<T = Tensor>(x: Data, args?: ModelPredictConfig): T extends Data ? T : Tensor;
    evaluate<T extends Scalar | Scalar[] = Scalar[]>(x: Data, y: Data, args?: ModelEvaluateArgs): T;
    apply<T = Tensor>(x: Data, options?: object): T extends Data ? T : Tensor;
    apply(x: Data | Symbols, options?: object): Data | Symbols;
  }
  // It overrides `predict` and `evaluate`.
  interface Sequential {
    predict<T = Tensor>(x: Data, args?: ModelPredictConfig): T extends Data ? T : Tensor;
    evaluate<T extends Scalar | Scalar[] = Scalar[]>(x: Data, y: Data, args?: ModelEvaluateArgs): T;
  }
}
