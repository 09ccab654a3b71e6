// A matrix of bytes, each divided by a number, times a matrix of float32, for the processor. It skips
// bytes that are 0, which in pictures most of them are.

#pragma once

#include <vector>

#include "op.h"

namespace {

/// Which elements of a row are not 0: a bit each, 64 of them a word.
using Mask = uint64_t;
constexpr int64_t kWord = 64;

/// At least one, so that a product of nothing is 0.
inline int64_t words(int64_t length) { return length == 0 ? 1 : (length + kWord - 1) / kWord; }

/// A matrix of bytes, or its transpose: steps between elements, and the masks of its rows.
struct Left {
  const uint8_t* bytes;
  int64_t rows, columns;
  int64_t row_step, column_step;
  const Mask* masks;

  Left(const Input& a, const Input& of, bool transpose)
      : bytes(a.data<uint8_t>()),
        rows(transpose ? a.columns() : a.rows()),
        columns(transpose ? a.rows() : a.columns()),
        row_step(transpose ? 1 : columns),
        column_step(transpose ? rows : 1),
        masks(of.data<Mask>()) {}

  bool fits(const Input& of) const {
    return of.is_matrix() && of.rows() == rows && of.columns() == words(columns);
  }
};

constexpr const char* kOtherMasks = "Expected the masks of these bytes";

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

/// Some columns of a product. The quotients are those of all 256
/// bytes. The sums are kept where they lie until all words are taken.
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
inline void multiply_bytes(const Left& left, const float* quotients, const float* right, int64_t columns,
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

/// What the bytes stand for: each divided by a number.
struct Quotients {
  float of[256];

  explicit Quotients(float divisor) {
    for (int byte = 0; byte < 256; byte++) of[byte] = byte / divisor;
  }
};

}  // namespace
