// The ops `SmallMatMul`, `DenseGradients` and `SumRows` of TensorFlow, for the processor.
//
// `SmallMatMul` is a product of two small matrices of float32, either of them transposed. TensorFlow's own
// product compiles machine code for every kind of product there is before it computes the first one, which
// takes as long as thousands of small ones. Worth: without it the first epoch of the lesson takes 5 % longer,
// and that of four layers of 64 units in batches of 32 8 %; a later epoch 1 to 2 % (medians of five to seven
// pairs in turn, two cores).
//
// `DenseGradients` is the two products and the sum that are the gradients of a dense layer. Each is so short
// that to hand one to another core takes longer. If its input comes from ReLU, the gradient by the input goes on
// to what ReLU was given. The sums of this gradient are those of the biases before.
//
// `SumRows` is `UnsortedSegmentSum` of a matrix, the gradient of an embedding, which TensorFlow computes
// number by number. Worth: without it an epoch of an embedding of 10,000 words by 16 takes 1.5 times as long.
//
// `passes/products.ts` puts them to use.

#include "product.h"

namespace {

Strided strided(const Input& input, bool transpose) {
  const auto* numbers = input.data<float>();
  if (transpose) return {numbers, 1, input.columns()};
  return {numbers, input.columns(), 1};
}

/// Writes the product of a matrix, of so many rows, by another one, plus a bias for each column.
void multiply(const Strided& a, int64_t rows, int64_t inner, const Strided& b, int64_t columns, float* product,
              const float* bias = nullptr) {
  const int64_t lanes = whole_lanes(columns);
  const bool fits = columns == lanes;
  const Floats right(inner * lanes), padded(fits ? 0 : rows * lanes);
  float* sums = fits ? product : padded.get();
  if (fits) std::memset(sums, 0, rows * columns * sizeof(float));
  if (bias != nullptr) copy_rows(bias, rows, columns, sums, 0, lanes);
  if (b.column_step == 1) {
    copy_rows(b.numbers, inner, columns, right.get(), columns, lanes);
  } else {
    for (int64_t k = 0; k < inner; k++) {
      for (int64_t i = 0; i < columns; i++) right.get()[k * lanes + i] = b.numbers[k + i * b.column_step];
    }
  }
  add_product(a, rows, inner, {right.get(), lanes}, lanes, {sums, lanes});
  if (!fits) copy_rows(sums, rows, columns, product, lanes, columns);
}

/// Replaces the slopes of ReLU's results by those of its operands.
struct PassRelu {
  template <typename Sixteen>
  static INLINE void run(const float* results, int64_t count, float* slopes) {
    slopes_of<Sixteen>(results, slopes, true, count, slopes);
  }
};

/// Writes the sums of the columns of a matrix.
struct SumColumns {
  template <typename Sixteen>
  static INLINE void run(const float* numbers, int64_t rows, int64_t columns, float* sums) {
    std::memset(sums, 0, columns * sizeof(float));
    for (int64_t row = 0; row < rows; row++, numbers += columns) {
      int64_t k = columns / kLane * kLane;
      add_lanes<Sixteen>(sums, numbers, k);
      for (; k < columns; k++) sums[k] += numbers[k];
    }
  }
};

struct SmallMatMul {
  const bool transpose_a, transpose_b, relu;
  const int64_t biases;

  SmallMatMul(TF_OpKernelConstruction* told, const Status& status)
      : transpose_a(read_bool(told, "transpose_a", status)),
        transpose_b(read_bool(told, "transpose_b", status)),
        relu(read_bool(told, "relu", status)),
        biases(read_int(told, "N", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input a(context, 0, status), b(context, 1, status), bias(context, biases > 0 ? 2 : 1, status);
    if (!status.ok()) return;
    if (!a.is_matrix() || !b.is_matrix()) return status.refuse(kNoFactors);
    const int64_t rows = transpose_a ? a.columns() : a.rows(), inner = transpose_a ? a.rows() : a.columns();
    const int64_t columns = transpose_b ? b.rows() : b.columns();
    if (inner != (transpose_b ? b.columns() : b.rows())) return status.refuse(kNoFactors);
    if (biases > 0 && bias.size() != columns) return status.refuse(kNoBiases);
    const Output product(context, 0, TF_FLOAT, {rows, columns}, status);
    if (!status.ok()) return;
    auto* out = product.data<float>();
    multiply(strided(a, transpose_a), rows, inner, strided(b, transpose_b), columns, out,
             biases > 0 ? bias.data<float>() : nullptr);
    if (relu) run_widest<Rectify>(out, rows * columns);
  }
};

struct DenseGradients {
  const bool relu;

  DenseGradients(TF_OpKernelConstruction* told, const Status& status) : relu(read_bool(told, "relu", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input x(context, 0, status), weights(context, 1, status), slopes(context, 2, status);
    if (!status.ok()) return;
    if (!x.is_matrix() || !weights.is_matrix() || !slopes.is_matrix() || x.rows() != slopes.rows() ||
        x.columns() != weights.rows() || weights.columns() != slopes.columns()) {
      return status.refuse(kNoFactors);
    }
    const int64_t rows = x.rows(), inputs = x.columns(), units = slopes.columns();
    const Output dx(context, 0, TF_FLOAT, {rows, inputs}, status);
    const Output dw(context, 1, TF_FLOAT, {inputs, units}, status);
    const Output db(context, 2, TF_FLOAT, {units}, status);
    const Output sums(context, 3, TF_FLOAT, {inputs}, status);
    if (!status.ok()) return;
    auto* by_x = dx.data<float>();
    multiply(strided(slopes, false), rows, units, strided(weights, true), inputs, by_x);
    if (relu) run_widest<PassRelu>(x.data<float>(), rows * inputs, by_x);
    run_widest<SumColumns>(by_x, rows, inputs, sums.data<float>());
    multiply(strided(x, true), inputs, rows, strided(slopes, false), units, dw.data<float>());
    run_widest<SumColumns>(slopes.data<float>(), rows, units, db.data<float>());
  }
};

struct AddRows {
  template <typename Sixteen>
  static INLINE void run(const Input& rows, const int32_t* ids, int64_t count, float* out) {
    const int64_t columns = rows.columns();
    const float* from = rows.data<float>();
    for (int64_t row = 0; row < rows.rows(); row++, from += columns) {
      if (ids[row] < 0 || ids[row] >= count) continue;
      float* to = out + ids[row] * columns;
      int64_t k = columns / kLane * kLane;
      add_lanes<Sixteen>(to, from, k);
      for (; k < columns; k++) to[k] += from[k];
    }
  }
};

struct SumRows {
  SumRows(TF_OpKernelConstruction*, const Status&) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input rows(context, 0, status), ids(context, 1, status), count(context, 2, status);
    if (!status.ok()) return;
    if (!rows.is_matrix() || ids.size() != rows.rows() || count.size() != 1) {
      return status.refuse("Expected a matrix, a number for each of its rows, and how many there are");
    }
    const int64_t segments = *count.data<int32_t>();
    const Output sums(context, 0, TF_FLOAT, {segments, rows.columns()}, status);
    if (!status.ok()) return;
    std::memset(sums.data<float>(), 0, sums.size);
    run_widest<AddRows>(rows, ids.data<int32_t>(), segments, sums.data<float>());
  }
};

const bool registered =
    register_op<SmallMatMul>("SmallMatMul", {"a: float", "b: float", "bias: N * float"},
                             {"N: int >= 0 = 0", "transpose_a: bool = false", "transpose_b: bool = false",
                              "relu: bool = false"},
                             {"product: float"}) &&
    register_op<DenseGradients>("DenseGradients", {"x: float", "weights: float", "slopes: float"},
                                {"relu: bool = false"},
                                {"by_x: float", "by_weights: float", "by_biases: float", "sums_by_x: float"}) &&
    register_op<SumRows>("SumRows", {"rows: float", "ids: int32", "count: int32"}, {}, {"sums: float"});

}  // namespace
