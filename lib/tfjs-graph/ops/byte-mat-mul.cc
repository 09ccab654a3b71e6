// The op `ByteMatMul` of TensorFlow, for the processor: a matrix of bytes, each divided by a number, times a matrix
// of float32. It skips bytes that are 0, which in pictures most of them are.
//
// Worth, of the lesson (medians of seven pairs in turn, two cores with AVX-512): without it, an epoch takes 1.55
// times as long and the first one 1.41 times.
//
// `graph/rewrites/products.ts` puts it to use.

#include <vector>

#include "op.h"

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

/// A matrix of bytes, or its transpose: steps between elements, and the masks of its rows.
struct Left {
  const uint8_t* bytes;
  int64_t rows, columns;
  int64_t row_step, column_step;
  std::vector<Mask> masks;

  Left(const Input& a, bool turned)
      : bytes(a.data<uint8_t>()),
        rows(turned ? a.columns() : a.rows()),
        columns(turned ? a.rows() : a.columns()),
        row_step(turned ? 1 : columns),
        column_step(turned ? rows : 1),
        masks(a.rows() * words(a.columns())) {
    mask_rows(bytes, a.rows(), a.columns(), masks.data());
    if (!turned) return;
    std::vector<Mask> of_rows(rows * words(columns));
    std::swap(masks, of_rows);
    transpose(of_rows.data(), columns, rows, masks.data());
  }
};

/// The most columns that are computed together: as many sums as the registers hold.
constexpr int64_t kWide = 64;
constexpr int64_t kNarrow = 32;

/// A matrix of float32 whose rows are `step` numbers apart.
template <typename Float>
struct Matrix {
  Float* numbers;
  int64_t step;
  Float* row(int64_t index) const { return numbers + index * step; }
};

/// Some columns of a product. The quotients are those of all 256 bytes. The sums are kept where they lie until
/// all words are taken.
struct Columns {
  const Left& left;
  const float* quotients;
  Matrix<const float> right;
  Matrix<float> sums;
};

/// Takes 64 rows of `right` at a time: so few stay in the cache next to the core while all rows of
/// `left` use them.
template <int64_t kColumns>
struct SomeColumns {
  template <typename Sixteen>
  static INLINE void run(const Columns& product) {
    constexpr bool kFour = kColumns == kWide;
    const auto& [left, quotients, right, sums] = product;
    const int64_t width = words(left.columns);
    for (int64_t word = 0; word < width; word++) {
      for (int64_t row = 0; row < left.rows; row++) {
        Mask mask = left.masks[row * width + word];
        if (word > 0 && mask == 0) continue;
        const uint8_t* bytes = left.bytes + row * left.row_step + word * kWord * left.column_step;
        float* to = sums.row(row);
        Sixteen a{}, b{}, c{}, d{};
        if (word > 0) {
          load(a, to), load(b, to + 16);
          if (kFour) load(c, to + 32), load(d, to + 48);
        }
        for (; mask != 0; mask &= mask - 1) {
          const int i = __builtin_ctzll(mask);
          const float factor = quotients[bytes[i * left.column_step]];
          const float* from = right.row(word * kWord + i);
          add(a, factor, from), add(b, factor, from + 16);
          if (kFour) add(c, factor, from + 32), add(d, factor, from + 48);
        }
        store(to, a), store(to + 16, b);
        if (kFour) store(to + 32, c), store(to + 48, d);
      }
    }
  }
};

/// Multiplies `left` by `right`, which is `columns` wide.
void multiply_bytes(const Left& left, const float* quotients, const float* right, int64_t columns,
                    float* product) {
  const auto from = [&](int64_t column) -> Columns {
    return {left, quotients, {right + column, columns}, {product + column, columns}};
  };
  int64_t column = 0;
  for (; columns - column >= kWide; column += kWide) run_widest<SomeColumns<kWide>>(from(column));
  for (; columns - column >= kNarrow; column += kNarrow) run_widest<SomeColumns<kNarrow>>(from(column));
  if (column == columns) return;
  // The last columns in matrices of their own, which are as wide as it takes.
  const size_t rest = (columns - column) * sizeof(float);
  std::vector<float> padded(left.columns * kNarrow), sums(left.rows * kNarrow);
  for (int64_t row = 0; row < left.columns; row++) {
    std::memcpy(&padded[row * kNarrow], right + row * columns + column, rest);
  }
  run_widest<SomeColumns<kNarrow>>(Columns{left, quotients, {padded.data(), kNarrow}, {sums.data(), kNarrow}});
  for (int64_t row = 0; row < left.rows; row++) {
    std::memcpy(product + row * columns + column, &sums[row * kNarrow], rest);
  }
}

struct ByteMatMul {
  const bool transpose_a;
  /// What the 256 bytes stand for.
  float quotients[256];

  ByteMatMul(TF_OpKernelConstruction* told, const Status& status)
      : transpose_a(read_bool(told, "transpose_a", status)) {
    const float divisor = read_float(told, "divisor", status);
    for (int byte = 0; byte < 256; byte++) quotients[byte] = byte / divisor;
  }

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input a(context, 0, status), b(context, 1, status);
    if (!status.ok()) return;
    if (!a.is_matrix() || !b.is_matrix()) return status.refuse(kNoFactors);
    const Left left(a, transpose_a);
    if (left.columns != b.rows()) return status.refuse(kNoFactors);
    const Output product(context, 0, TF_FLOAT, {left.rows, b.columns()}, status);
    if (!status.ok()) return;
    multiply_bytes(left, quotients, b.data<float>(), b.columns(), product.data<float>());
  }
};

const bool registered =
    register_op<ByteMatMul>("ByteMatMul", {"a: uint8", "b: float"},
                            {"transpose_a: bool = false", "divisor: float = 1.0"},
                            {"product: float"});

}  // namespace
