// Ops of TensorFlow for the processor that multiply a matrix of bytes, each divided by a number, by a matrix of
// float32. They skip bytes that are 0, as most bytes of pictures are. `passes/products.ts` and
// `train/rewrites.ts` use them.
//
// - `ByteMasks`: one bit for each byte of a row, and of a column if asked, that is not 0. Several products share the
//   masks, and TensorFlow computes them as soon as the samples are there, while the previous step is still running.
// - `ByteMatMul`: the product. Without it, an epoch of the lesson takes 1.55 times as long, and the first epoch
//   1.41 times (medians of seven pairs in turn, two cores with AVX-512).
// - `ByteMatMulAdam`: a product that is the gradient of weights, and Adam's update of these weights. Each number of
//   the gradient is used while it is in a register, so the gradient is neither written nor read. For batches of
//   more than 64 samples it gains nothing.

#include <cmath>
#include <vector>

#include "conv-tile.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace {

/// Which elements of a row are not 0: a bit each, 64 of them a word.
using Mask = uint64_t;
constexpr int64_t kWord = 64;

/// At least one, so that a product of nothing is 0.
int64_t words(int64_t length) { return length == 0 ? 1 : (length + kWord - 1) / kWord; }

/// The mask of 64 bytes.
Mask mask_of(const uint8_t* bytes) {
  Mask mask = 0;
#if defined(__SSE2__)
  for (int i = 0; i < kWord; i += 16) {
    const auto sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + i));
    const int zeros = _mm_movemask_epi8(_mm_cmpeq_epi8(sixteen, _mm_setzero_si128()));
    mask |= static_cast<Mask>(~zeros & 0xffff) << i;
  }
#else
  for (int i = 0; i < kWord; i++) mask |= static_cast<Mask>(bytes[i] != 0) << i;
#endif
  return mask;
}

void mask_rows(const uint8_t* bytes, int64_t rows, int64_t columns, Mask* masks) {
  for (int64_t row = 0; row < rows; row++) {
    for (int64_t column = 0; column < columns; column += kWord) {
      const uint8_t* from = bytes + row * columns + column;
      const int64_t rest = columns - column;
      uint8_t last[kWord] = {};
      if (rest < kWord) from = static_cast<uint8_t*>(std::memcpy(last, from, rest));
      masks[row * words(columns) + column / kWord] = mask_of(from);
    }
  }
}

/// Transposes 64 x 64 bits: swaps ever smaller blocks off the diagonal.
void transpose(Mask (&block)[kWord]) {
  Mask half = 0x00000000ffffffff;
  for (int size = 32; size > 0; size >>= 1, half ^= half << size) {
    for (int i = 0; i < kWord; i = ((i | size) + 1) & ~size) {
      const Mask swapped = ((block[i] >> size) ^ block[i | size]) & half;
      block[i] ^= swapped << size;
      block[i | size] ^= swapped;
    }
  }
}

/// Makes the masks of the columns of a matrix from those of its rows.
void transpose(const Mask* masks, int64_t rows, int64_t columns, Mask* transposed) {
  const int64_t from = words(columns), to = words(rows);
  for (int64_t row = 0; row < rows; row += kWord) {
    for (int64_t column = 0; column < columns; column += kWord) {
      Mask block[kWord] = {};
      for (int64_t i = 0; i < kWord && row + i < rows; i++) {
        block[i] = masks[(row + i) * from + column / kWord];
      }
      transpose(block);
      for (int64_t i = 0; i < kWord && column + i < columns; i++) {
        transposed[(column + i) * to + row / kWord] = block[i];
      }
    }
  }
}

struct ByteMasks {
  const bool columns;

  ByteMasks(TF_OpKernelConstruction* told, const Status& status)
      : columns(read_bool(told, "columns", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input a(context, 0, status);
    if (!status.ok()) return;
    if (!a.is_matrix()) return status.refuse("Expected a matrix of bytes");
    const int64_t height = a.rows(), width = a.columns();
    const Output of_rows(context, 0, TF_INT64, {height, words(width)}, status);
    const Output of_columns(context, 1, TF_INT64, {columns ? width : 0, words(height)}, status);
    if (!status.ok()) return;
    // Of an empty matrix, no byte sets the words.
    std::memset(of_rows.data<Mask>(), 0, of_rows.size);
    std::memset(of_columns.data<Mask>(), 0, of_columns.size);
    mask_rows(a.data<uint8_t>(), height, width, of_rows.data<Mask>());
    if (columns) transpose(of_rows.data<Mask>(), height, width, of_columns.data<Mask>());
  }
};

/// A matrix of bytes, or its transpose: strides between elements, and the masks of its rows.
struct Left {
  const uint8_t* bytes;
  int64_t rows, columns;
  int64_t row_step, column_step;
  const Mask* masks;

  Left(const Input& a, const Input& of_rows, bool turned)
      : bytes(a.data<uint8_t>()),
        rows(turned ? a.columns() : a.rows()),
        columns(turned ? a.rows() : a.columns()),
        row_step(turned ? 1 : columns),
        column_step(turned ? rows : 1),
        masks(of_rows.data<Mask>()) {}

  bool has(const Input& of_rows) const {
    return of_rows.is_matrix() && of_rows.rows() == rows && of_rows.columns() == words(columns);
  }
};

constexpr const char* kOtherMasks = "Expected the masks of these bytes";

/// The quotients of all 256 bytes by a divisor.
struct Quotients {
  float of[256];

  explicit Quotients(float divisor) {
    for (int byte = 0; byte < 256; byte++) of[byte] = byte / divisor;
  }
};

/// The numbers of columns that are computed together: as many sums as the registers hold, and the fewest.
constexpr int64_t kWide = 64;
constexpr int64_t kNarrow = 32;

/// A matrix of float32 whose rows are `step` numbers apart.
template <typename Float>
struct Matrix {
  Float* numbers;
  int64_t step;
  Float* row(int64_t index) const { return numbers + index * step; }
};

/// The product, added to a matrix.
struct Product {
  Matrix<float> sums;

  template <typename Sixteen>
  INLINE void read(int64_t row, int64_t column, Sixteen& numbers) const {
    load(numbers, sums.row(row) + column);
  }
  template <typename Sixteen>
  INLINE void take(int64_t row, int64_t column, const Sixteen& numbers) const {
    store(sums.row(row) + column, numbers);
  }
};

/// Square roots. Vectors have no operator for them, and GCC makes a call of each `std::sqrt`, which sets `errno`.
/// Clang has a function for them, and refuses wider registers in assembly here, as only the callers have a target.
template <typename Vector>
INLINE void square_roots(const Vector& x, Vector& roots) {
#if defined(__x86_64__) && defined(__clang__)
  roots = __builtin_elementwise_sqrt(x);
#elif defined(__x86_64__)
  if constexpr (sizeof(Vector) == 16) {
    asm("sqrtps %1, %0" : "=x"(roots) : "x"(x));
  } else {
    asm("vsqrtps %1, %0" : "=v"(roots) : "v"(x));
  }
#else
  for (int64_t i = 0; i < kNumbers<Vector>; i++) roots[i] = std::sqrt(x[i]);
#endif
}

/// Adam's update, as `ResourceApplyAdam` does it, of weights of which the product is the gradient. Each number of the
/// gradient must be complete when it is taken: the left matrix has at most 64 columns.
struct Adam {
  const Renewed &weights, &first, &second;
  int64_t columns;
  float rate, decay1, decay2, epsilon;

  template <typename Sixteen>
  INLINE void read(int64_t, int64_t, Sixteen&) const {}  // begins at 0
  template <typename Vector>
  INLINE void take(int64_t row, int64_t column, const Two<Vector>& gradient) const {
    take(row, column, gradient.low), take(row, column + kNumbers<Vector>, gradient.high);
  }
  template <typename Vector>
  INLINE void take(int64_t row, int64_t column, const Vector& gradient) const {
    const int64_t at = row * columns + column;
    Vector w, m, v, roots;
    load(w, weights.before + at), load(m, first.before + at), load(v, second.before + at);
    m += (gradient - m) * decay1;
    v += (gradient * gradient - v) * decay2;
    square_roots(v, roots);
    w -= m * rate / (roots + epsilon);
    store(weights.after + at, w), store(first.after + at, m), store(second.after + at, v);
  }
};

/// Columns of a product, from `column` on.
struct Columns {
  const Left& left;
  const float* quotients;
  Matrix<const float> right;
  int64_t column;
};

/// Takes 64 rows of `right` at a time: they stay in the first cache while all rows of `left` use them.
template <int64_t kColumns>
struct SomeColumns {
  template <typename Sixteen, typename Result>
  static INLINE void run(const Columns& product, const Result& result) {
    constexpr bool kFour = kColumns == kWide;
    const auto& [left, quotients, right, column] = product;
    const int64_t width = words(left.columns);
    for (int64_t word = 0; word < width; word++) {
      for (int64_t row = 0; row < left.rows; row++) {
        Mask mask = left.masks[row * width + word];
        if (word > 0 && mask == 0) continue;
        const uint8_t* bytes = left.bytes + row * left.row_step + word * kWord * left.column_step;
        Sixteen a{}, b{}, c{}, d{};
        result.read(row, column, a), result.read(row, column + 16, b);
        if (kFour) result.read(row, column + 32, c), result.read(row, column + 48, d);
        for (; mask != 0; mask &= mask - 1) {
          const int i = __builtin_ctzll(mask);
          const float factor = quotients[bytes[i * left.column_step]];
          const float* from = right.row(word * kWord + i);
          add(a, factor, from), add(b, factor, from + 16);
          if (kFour) add(c, factor, from + 32), add(d, factor, from + 48);
        }
        result.take(row, column, a), result.take(row, column + 16, b);
        if (kFour) result.take(row, column + 32, c), result.take(row, column + 48, d);
      }
    }
  }
};

/// Multiplies `left` by `right`, `columns` wide, and passes the sums to `result`.
///
/// @return the number of columns that it has computed: a multiple of `kNarrow`.
template <typename Result>
int64_t multiply_bytes(const Left& left, const Quotients& quotients, Matrix<const float> right,
                       int64_t columns, const Result& result) {
  const auto from = [&](int64_t column) -> Columns {
    return {left, quotients.of, {right.numbers + column, right.step}, column};
  };
  int64_t column = 0;
  for (; columns - column >= kWide; column += kWide) {
    run_widest<SomeColumns<kWide>>(from(column), result);
  }
  for (; columns - column >= kNarrow; column += kNarrow) {
    run_widest<SomeColumns<kNarrow>>(from(column), result);
  }
  return column;
}

struct ByteMatMul {
  const bool transpose_a, relu;
  const int64_t biases, share;
  const Quotients quotients;

  ByteMatMul(TF_OpKernelConstruction* told, const Status& status)
      : transpose_a(read_bool(told, "transpose_a", status)),
        relu(read_bool(told, "relu", status)),
        biases(read_int(told, "N", status)),
        share(read_int(told, "share", status)),
        quotients(read_float(told, "divisor", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input a(context, 0, status), masks(context, 1, status), b(context, 2, status);
    const Input bias(context, biases > 0 ? 3 : 2, status);
    if (!status.ok()) return;
    if (!a.is_matrix() || !b.is_matrix()) return status.refuse(kNoFactors);
    const Left left(a, masks, transpose_a);
    if (left.columns != b.rows()) return status.refuse(kNoFactors);
    if (!left.has(masks)) return status.refuse(kOtherMasks);
    const int64_t columns = b.columns();
    if (biases > 0 && bias.size() < (share + 1) * columns) return status.refuse(kNoBiases);
    const Output product(context, 0, TF_FLOAT, {left.rows, columns}, status);
    if (!status.ok()) return;
    const auto* right = b.data<float>();
    auto* out = product.data<float>();
    if (biases == 0) std::memset(out, 0, product.size);
    for (int64_t row = 0; biases > 0 && row < left.rows; row++) {
      std::memcpy(out + row * columns, bias.data<float>() + share * columns, columns * sizeof(float));
    }
    const int64_t done = multiply_bytes(left, quotients, {right, columns}, columns, Product{{out, columns}});
    if (done < columns) multiply_rest(left, right, columns, done, out);
    if (relu) run_widest<Rectify>(out, left.rows * columns);
  }

  void multiply_rest(const Left& left, const float* right, int64_t columns, int64_t done, float* out) const {
    // The remaining columns, in matrices that are as wide as the fewest columns computed together.
    const size_t rest = (columns - done) * sizeof(float);
    std::vector<float> padded(left.columns * kNarrow), sums(left.rows * kNarrow);
    for (int64_t row = 0; row < left.columns; row++) {
      std::memcpy(&padded[row * kNarrow], right + row * columns + done, rest);
    }
    for (int64_t row = 0; row < left.rows; row++) {
      std::memcpy(&sums[row * kNarrow], out + row * columns + done, rest);
    }
    multiply_bytes(left, quotients, {padded.data(), kNarrow}, kNarrow, Product{{sums.data(), kNarrow}});
    for (int64_t row = 0; row < left.rows; row++) {
      std::memcpy(out + row * columns + done, &sums[row * kNarrow], rest);
    }
  }
};

struct ByteMatMulAdam {
  const int64_t share, shares;
  const Quotients quotients;

  ByteMatMulAdam(TF_OpKernelConstruction* told, const Status& status)
      : share(read_int(told, "share", status)),
        shares(read_int(told, "shares", status)),
        quotients(read_float(told, "divisor", status)) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input a(context, 0, status), masks(context, 1, status), b(context, 2, status);
    const Input numbers(context, 3, status);
    if (!status.ok()) return;
    if (!a.is_matrix() || !b.is_matrix() || a.rows() != b.rows()) return status.refuse(kNoFactors);
    const Left left(a, masks, true);
    if (!left.has(masks)) return status.refuse(kOtherMasks);
    if (b.rows() > kWord) return status.refuse("Expected at most 64 rows");
    const int64_t columns = b.columns() / shares;
    if (b.columns() % (kNarrow * shares) != 0) return status.refuse("Expected a multiple of 32 columns");
    if (numbers.size() < 4) return status.refuse("Expected rate, beta1, beta2 and epsilon");
    const Renewed weights(context, 4, 0, left.rows, columns, status);
    const Renewed first(context, 5, 1, left.rows, columns, status);
    const Renewed second(context, 6, 2, left.rows, columns, status);
    if (!status.ok()) return;
    const auto* of = numbers.data<float>();
    const Adam adam{weights, first, second, columns, of[0], 1 - of[1], 1 - of[2], of[3]};
    multiply_bytes(left, quotients, {b.data<float>() + share * columns, b.columns()}, columns, adam);
  }
};

const bool registered =
    register_op<ByteMasks>("ByteMasks", {"a: uint8"}, {"columns: bool = false"},
                           {"of_rows: int64", "of_columns: int64"}) &&
    register_op<ByteMatMul>("ByteMatMul", {"a: uint8", "masks: int64", "b: float", "bias: N * float"},
                            {"N: int >= 0 = 0", "share: int = 0", "transpose_a: bool = false", "relu: bool = false",
                             "divisor: float = 1.0"},
                            {"product: float"}) &&
    register_op<ByteMatMulAdam>(
        "ByteMatMulAdam",
        {"a: uint8", "masks: int64", "b: float", "numbers: float", "weights: float", "first: float",
         "second: float"},
        {"share: int = 0", "shares: int = 1", "divisor: float = 1.0"},
        {"new_weights: float", "new_first: float", "new_second: float"});

}  // namespace
