// The ops `ConvBlock` and `ConvBlockGrad` of TensorFlow, for the processor: a convolution of pictures by
// steps of one, its bias, ReLU and max pooling as a single op, and its gradients as another.
//
// A pooling hands the gradient on to one number of each window, and ReLU to those above 0: of a window of
// 2 × 2 at least three of four numbers have none. TensorFlow writes them all, as zeros, and multiplies
// by them. Here the gradients of the filters and of the input are summed over the numbers that have one.
// What pooling leaves out is not computed forwards either, and nothing as large as the convolution's output
// is written to memory at all.
//
// Samples are independent of one another, so that each core can take its part of them.
//
// Worth: an epoch of keras-io's mnist_convnet takes 0.43 times as long as by TensorFlow's ops, one thread
// each (two cores, AVX-512).
//
// `train/recorded/convolutions.ts` puts them to use.

#include "conv-dense.h"
#include "conv-sparse.h"

namespace {

constexpr const char* kNoPictures = "Expected pictures, filters and biases that fit each other";

/// Attributes of both ops.
struct Told {
  const bool relu, same;
  const Window pool;

  Told(TF_OpKernelConstruction* told, const Status& status)
      : relu(read_bool(told, "relu", status)),
        same(read_bool(told, "same", status)),
        pool{read_int(told, "pool_rows", status), read_int(told, "pool_columns", status),
             read_int(told, "pool_row_step", status), read_int(told, "pool_column_step", status),
             read_bool(told, "pool_same", status)} {}

  ConvGeometry geometry(const Input& x, const Input& filters) const {
    const auto dim = [](const Input& of, int i) { return TF_Dim(of.tensor, i); };
    const Window kernel{dim(filters, 0), dim(filters, 1), 1, 1, same};
    return {dim(x, 1), dim(x, 2), dim(x, 3), dim(filters, 3), kernel, pool};
  }
};

bool fit(const Input& x, const Input& filters) {
  return TF_NumDims(x.tensor) == 4 && TF_NumDims(filters.tensor) == 4 &&
         TF_Dim(filters.tensor, 2) == TF_Dim(x.tensor, 3);
}

struct ConvBlock : Told {
  using Told::Told;

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input x(context, 0, status), filters(context, 1, status), bias(context, 2, status);
    if (!status.ok()) return;
    if (!fit(x, filters)) return status.refuse(kNoPictures);
    const ConvGeometry g = geometry(x, filters);
    if (bias.size() != g.filters) return status.refuse(kNoPictures);
    const int64_t count = x.rows(), places[] = {g.pooled_height.places, g.pooled_width.places};
    const Output pooled(context, 0, TF_FLOAT, {count, places[0], places[1], g.filters}, status);
    const Output chosen(context, 1, TF_INT32,
                        {g.pools() ? count : 0, places[0], places[1], g.filters}, status);
    if (!status.ok()) return;
    run_widest<Forward>(g, relu, count, x.data<float>(), filters.data<float>(), bias.data<float>(),
                        pooled.data<float>(), chosen.data<int32_t>());
  }
};

struct ConvBlockGrad : Told {
  const bool with_input;

  ConvBlockGrad(TF_OpKernelConstruction* told, const Status& status)
      : Told(told, status), with_input(read_bool(told, "with_input", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input x(context, 0, status), filters(context, 1, status);
    const Input pooled(context, 2, status), chosen(context, 3, status), slope(context, 4, status);
    if (!status.ok()) return;
    if (!fit(x, filters)) return status.refuse(kNoPictures);
    const ConvGeometry g = geometry(x, filters);
    const int64_t count = x.rows(), all = count * g.output();
    if (pooled.size() != all || slope.size() != all || (g.pools() && chosen.size() != all)) {
      return status.refuse(kNoPictures);
    }
    const Output of_filters(context, 0, TF_FLOAT,
                            {g.height.window, g.width.window, g.channels, g.filters}, status);
    const Output of_bias(context, 1, TF_FLOAT, {g.filters}, status);
    const Output of_x(context, 2, TF_FLOAT,
                      {with_input ? count : 0, g.height.length, g.width.length, g.channels}, status);
    if (!status.ok()) return;
    const Slopes given{pooled.data<float>(), chosen.data<int32_t>(), slope.data<float>(), relu};
    const Gradients made{of_filters.data<float>(), of_bias.data<float>(),
                         with_input ? of_x.data<float>() : nullptr};
    if (g.pools()) {
      run_widest<SparseBackward>(g, count, x.data<float>(), filters.data<float>(), given, made);
    } else {
      run_widest<DenseBackward>(g, count, x.data<float>(), filters.data<float>(), given, made);
    }
  }
};

#define TOLD                                                                                   \
  "relu: bool", "same: bool", "pool_rows: int", "pool_columns: int", "pool_row_step: int",     \
      "pool_column_step: int", "pool_same: bool"

const bool registered =
    register_op<ConvBlock>("ConvBlock", {"x: float", "filters: float", "bias: float"}, {TOLD},
                           {"y: float", "chosen: int32"}) &&
    register_op<ConvBlockGrad>(
        "ConvBlockGrad",
        {"x: float", "filters: float", "y: float", "chosen: int32", "slope: float"},
        {TOLD, "with_input: bool"}, {"of_filters: float", "of_bias: float", "of_x: float"});

}  // namespace
