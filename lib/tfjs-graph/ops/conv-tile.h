// What the parts of a convolution have in common: where its numbers lie, registers, memory on the way.

#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <type_traits>

#include "op.h"

#define UNROLL _Pragma("GCC unroll 24")

namespace {

/// A window that glides over pictures by steps.
struct Window {
  int64_t rows, columns;
  int64_t row_step, column_step;
  /// Whether pictures are padded so that there is a place for each step, as TensorFlow's SAME is.
  bool same;
};

/// A side of a picture, as a window glides over it.
struct Side {
  int64_t length, window, step;
  /// The window's places.
  int64_t places;
  /// Numbers put before the first.
  int64_t before;

  Side(int64_t of, int64_t window, int64_t step, bool same)
      : length(of), window(window), step(step) {
    places = same ? (of + step - 1) / step : of < window ? 0 : (of - window) / step + 1;
    const int64_t missing = same ? (places - 1) * step + window - of : 0;
    before = missing > 0 ? missing / 2 : 0;
  }

  /// Numbers up to the last that the window sees.
  int64_t seen() const {
    const int64_t end = places == 0 ? 0 : (places - 1) * step - before + window;
    return end < length ? end : length;
  }

  /// With what is put before and behind.
  int64_t padded() const {
    const int64_t covered = places == 0 ? 0 : (places - 1) * step + window;
    return covered > before + length ? covered : before + length;
  }
};

/// Of a convolution by steps of one, `[height, width, channels]` to `[places, places, filters]`, and of
/// the pooling of its output.
struct ConvGeometry {
  Side height, width;
  int64_t channels, filters;
  Side pooled_height, pooled_width;

  ConvGeometry(int64_t height, int64_t width, int64_t channels, int64_t filters, const Window& kernel,
               const Window& pool)
      : height(height, kernel.rows, kernel.row_step, kernel.same),
        width(width, kernel.columns, kernel.column_step, kernel.same),
        channels(channels),
        filters(filters),
        pooled_height(this->height.places, pool.rows, pool.row_step, pool.same),
        pooled_width(this->width.places, pool.columns, pool.column_step, pool.same) {}

  bool pools() const {
    return pooled_height.window * pooled_width.window * pooled_height.step * pooled_width.step > 1;
  }
  /// Numbers of a row of the kernel, which lie one behind the other in a picture, too.
  int64_t row_length() const { return width.window * channels; }
  int64_t kernel_size() const { return height.window * row_length(); }
  /// Numbers from a row of a padded picture to the next.
  int64_t row_pitch() const { return width.padded() * channels; }
  int64_t picture() const { return height.length * width.length * channels; }
  int64_t output() const { return pooled_height.places * pooled_width.places * filters; }
};

constexpr int64_t kLane = 16;

inline int64_t whole_lanes(int64_t count) { return (count + kLane - 1) / kLane * kLane; }

/// How many times sixteen sums stay in registers.
template <typename Sixteen>
constexpr int kSums = std::is_same_v<Sixteen, Vector512> ? 24 : 6;

template <typename Sixteen>
INLINE void add_to(float* to, const Sixteen& numbers) {
  Sixteen sum;
  load(sum, to);
  add_product(sum, 1.0f, numbers);
  store(to, sum);
}

/// Registers whose numbers are compared: where there are wider ones, GCC would compare their numbers one by
/// one.
template <typename Sixteen>
using Register = std::conditional_t<std::is_same_v<Sixteen, Two<Two<Vector128>>>, Vector128, Vector256>;

/// As many integers.
template <typename Vector>
using Integers = decltype(Vector{} > Vector{});

/// Adds whole lanes of numbers.
template <typename Sixteen>
INLINE void add_lanes(float* to, const float* from, int64_t count) {
  for (int64_t i = 0; i < count; i += kLane) {
    Sixteen numbers;
    load(numbers, from + i);
    add_to(to + i, numbers);
  }
}

/// Zeros, at the beginning of a line of the cache.
class Floats {
 public:
  explicit Floats(int64_t count) : all_(new float[count + kLane]()) {}
  float* get() const {
    const auto address = reinterpret_cast<uintptr_t>(all_.get());
    return all_.get() + (-address & (kLine - 1)) / sizeof(float);
  }

 private:
  static constexpr uintptr_t kLine = 64;
  std::unique_ptr<float[]> all_;
};

/// Copies rows of numbers to others: from one to the next are `pitch` numbers there, and `to_pitch` here.
inline void copy_rows(const float* from, int64_t rows, int64_t columns, float* to, int64_t pitch,
                      int64_t to_pitch) {
  for (int64_t row = 0; row < rows; row++, from += pitch, to += to_pitch) {
    std::memcpy(to, from, columns * sizeof(float));
  }
}

inline int64_t padded_picture(const ConvGeometry& g) { return g.height.padded() * g.row_pitch(); }

/// Where a picture begins in one that is padded.
inline int64_t inside(const ConvGeometry& g) {
  return g.height.before * g.row_pitch() + g.width.before * g.channels;
}

/// Copies a picture into the middle of one that is padded with zeros, which stay.
inline void pad(const ConvGeometry& g, const float* from, float* to) {
  const int64_t row = g.width.length * g.channels;
  copy_rows(from, g.height.length, row, to + inside(g), row, g.row_pitch());
}

/// Reverses `pad`.
inline void unpad(const ConvGeometry& g, const float* from, float* to) {
  const int64_t row = g.width.length * g.channels;
  copy_rows(from + inside(g), g.height.length, row, to, g.row_pitch(), row);
}

/// ReLU, in place.
struct Rectify {
  template <typename Sixteen>
  static INLINE void run(float* numbers, int64_t count) {
    using Vector = Register<Sixteen>;
    int64_t k = 0;
    for (; count - k >= kNumbers<Vector>; k += kNumbers<Vector>) {
      Vector own;
      load(own, numbers + k);
      own = own < Vector{} ? Vector{} : own;
      store(numbers + k, own);
    }
    for (; k < count; k++) numbers[k] = numbers[k] < 0 ? 0 : numbers[k];
  }
};

/// The slopes of numbers, which are 0 where ReLU has made them 0.
template <typename Sixteen>
INLINE void slopes_of(const float* y, const float* slope, bool relu, int64_t count, float* to) {
  using Vector = Register<Sixteen>;
  if (!relu) {
    std::memcpy(to, slope, count * sizeof(float));
    return;
  }
  int64_t k = 0;
  for (; count - k >= kNumbers<Vector>; k += kNumbers<Vector>) {
    Vector own, given;
    load(own, y + k), load(given, slope + k);
    given = own > Vector{} ? given : Vector{};
    store(to + k, given);
  }
  for (; k < count; k++) to[k] = y[k] > 0 ? slope[k] : 0;
}

/// What gradients are made of: the block's output, which number of each window that is, and the loss's
/// slope by it.
struct Slopes {
  const float* y;
  const int32_t* chosen;
  const float* slope;
  bool relu;
};

struct Gradients {
  float* filters;
  float* bias;
  /// Null where it is not asked for.
  float* x;
};

}  // namespace
