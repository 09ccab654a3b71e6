// The op `SmallMatMul` of TensorFlow, for the processor: a product of two small matrices of float32,
// either of them transposed. TensorFlow's own product compiles machine code for every kind of product
// there is before it computes the first one, which takes as long as thousands of small ones.
//
// Worth: without it the first epoch of the lesson takes 5 % longer, and that of four layers of 64 units
// in batches of 32 8 %; a later epoch 1 to 2 % (medians of five to seven pairs in turn, two cores).
//
// `graph/rewrites/products.ts` puts it to use.

#include "op.h"

namespace {

constexpr int64_t kSixteen = 16;
constexpr int64_t kRows = 4;

/// A matrix, or its transpose: steps between rows and between columns.
struct Matrix {
  const float* numbers;
  int64_t rows, columns, row_step, column_step;
};

Matrix matrix(const Input& input, bool transpose) {
  const int64_t rows = input.rows(), columns = input.columns();
  const auto* numbers = input.data<float>();
  if (transpose) return {numbers, columns, rows, 1, columns};
  return {numbers, rows, columns, columns, 1};
}

/// A matrix whose rows are `step` numbers apart, a multiple of 16.
struct Packed {
  const float* numbers;
  int64_t rows, columns, step;
};

/// Takes `kCount` rows, four or one, so that what is read of `right` serves all of them.
template <typename Sixteen, int64_t kCount>
INLINE void multiply_rows(const Matrix& left, int64_t row, const Packed& right, float* out) {
  constexpr bool kFour = kCount == kRows;
  const int64_t step = left.row_step, width = right.columns;
  for (int64_t column = 0; column < width; column += kSixteen) {
    const float* factors = left.numbers + row * step;
    const float* from = right.numbers + column;
    Sixteen a{}, b{}, c{}, d{};
    for (int64_t i = 0; i < right.rows; i++, factors += left.column_step, from += right.step) {
      add(a, factors[0], from);
      if (kFour) add(b, factors[step], from), add(c, factors[2 * step], from);
      if (kFour) add(d, factors[3 * step], from);
    }
    float* to = out + row * width + column;
    if (width - column >= kSixteen) {
      store(to, a);
      if (kFour) store(to + width, b), store(to + 2 * width, c), store(to + 3 * width, d);
    } else {
      const Sixteen sums[] = {a, b, c, d};
      for (int64_t k = 0; k < kCount; k++) {
        std::memcpy(to + k * width, &sums[k], (width - column) * sizeof(float));
      }
    }
  }
}

struct AllRows {
  template <typename Sixteen>
  static INLINE void run(const Matrix& left, const Packed& right, float* out) {
    int64_t row = 0;
    for (; left.rows - row >= kRows; row += kRows) multiply_rows<Sixteen, kRows>(left, row, right, out);
    for (; row < left.rows; row++) multiply_rows<Sixteen, 1>(left, row, right, out);
  }
};

/// A copy row by row, unless the matrix is such already.
Packed pack(const Matrix& of, std::unique_ptr<float[]>& copy) {
  const int64_t step = (of.columns + kSixteen - 1) / kSixteen * kSixteen;
  if (of.column_step == 1 && of.columns == step) return {of.numbers, of.rows, of.columns, step};
  copy.reset(new float[of.rows * step]);
  for (int64_t row = 0; row < of.rows; row++) {
    const float* from = of.numbers + row * of.row_step;
    float* to = copy.get() + row * step;
    for (int64_t i = 0; i < of.columns; i++, from += of.column_step) to[i] = *from;
    for (int64_t i = of.columns; i < step; i++) to[i] = 0;
  }
  return {copy.get(), of.rows, of.columns, step};
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
    const Matrix left = matrix(a, transpose_a), right = matrix(b, transpose_b);
    if (left.columns != right.rows) return status.refuse(kNoFactors);
    const Output product(context, 0, TF_FLOAT, {left.rows, right.columns}, status);
    if (!status.ok()) return;
    std::unique_ptr<float[]> copy;
    run_widest<AllRows>(left, pack(right, copy), product.data<float>());
  }
};

const bool registered = register_op<SmallMatMul>(
    "SmallMatMul", {"a: float", "b: float"},
    {"transpose_a: bool = false", "transpose_b: bool = false"}, {"product: float"});

}  // namespace
