// The ops `SmallMatMul`, `DenseGradients` and `SumRows` of TensorFlow, for the processor.
//
// `SmallMatMul` is a product of two small matrices of float32, either of them transposed. TensorFlow's own
// product compiles machine code for every kind of product there is before it computes the first one, which
// takes as long as thousands of small ones. Worth: without it the first epoch of the lesson takes 5 % longer,
// and that of four layers of 64 units in batches of 32 8 %; a later epoch 1 to 2 % (medians of five to seven
// pairs in turn, two cores).
//
// `DenseGradients` is the two products and the sum that are the gradients of a dense layer. Each is so short
// that to hand one to another core takes longer.
//
// `SumRows` is `UnsortedSegmentSum` of a matrix, the gradient of an embedding, which TensorFlow computes
// number by number. Worth: without it an epoch of an embedding of 10,000 words by 16 takes 1.5 times as long.
//
// `graph/rewrites/products.ts` puts them to use.

#include "product.h"

namespace {

Strided strided(const Input& input, bool transpose) {
  const auto* numbers = input.data<float>();
  if (transpose) return {numbers, 1, input.columns()};
  return {numbers, input.columns(), 1};
}

/// Writes the product of a matrix, of so many rows, by another one.
void multiply(const Strided& a, int64_t rows, int64_t inner, const Strided& b, int64_t columns, float* product) {
  const int64_t lanes = whole_lanes(columns);
  const Floats right(inner * lanes), sums(rows * lanes);
  if (b.column_step == 1) {
    copy_rows(b.numbers, inner, columns, right.get(), columns, lanes);
  } else {
    for (int64_t k = 0; k < inner; k++) {
      for (int64_t i = 0; i < columns; i++) right.get()[k * lanes + i] = b.numbers[k + i * b.column_step];
    }
  }
  add_product(a, rows, inner, {right.get(), lanes}, lanes, {sums.get(), lanes});
  copy_rows(sums.get(), rows, columns, product, lanes, columns);
}

struct SmallMatMul {
  const bool transpose_a, transpose_b;

  SmallMatMul(TF_OpKernelConstruction* told, const Status& status)
      : transpose_a(read_bool(told, "transpose_a", status)),
        transpose_b(read_bool(told, "transpose_b", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input a(context, 0, status), b(context, 1, status);
    if (!status.ok()) return;
    if (!a.is_matrix() || !b.is_matrix()) return status.refuse(kNoFactors);
    const int64_t rows = transpose_a ? a.columns() : a.rows(), inner = transpose_a ? a.rows() : a.columns();
    const int64_t columns = transpose_b ? b.rows() : b.columns();
    if (inner != (transpose_b ? b.columns() : b.rows())) return status.refuse(kNoFactors);
    const Output product(context, 0, TF_FLOAT, {rows, columns}, status);
    if (!status.ok()) return;
    multiply(strided(a, transpose_a), rows, inner, strided(b, transpose_b), columns, product.data<float>());
  }
};

struct DenseGradients {
  DenseGradients(TF_OpKernelConstruction*, const Status&) {}

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
    if (!status.ok()) return;
    multiply(strided(slopes, false), rows, units, strided(weights, true), inputs, dx.data<float>());
    multiply(strided(x, true), inputs, rows, strided(slopes, false), units, dw.data<float>());
    auto* sums = db.data<float>();
    std::memset(sums, 0, db.size);
    for (int64_t i = 0; i < rows * units; i++) sums[i % units] += slopes.data<float>()[i];
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
    register_op<SmallMatMul>("SmallMatMul", {"a: float", "b: float"},
                             {"transpose_a: bool = false", "transpose_b: bool = false"},
                             {"product: float"}) &&
    register_op<DenseGradients>("DenseGradients", {"x: float", "weights: float", "slopes: float"}, {},
                                {"by_x: float", "by_weights: float", "by_biases: float"}) &&
    register_op<SumRows>("SumRows", {"rows: float", "ids: int32", "count: int32"}, {}, {"sums: float"});

}  // namespace
