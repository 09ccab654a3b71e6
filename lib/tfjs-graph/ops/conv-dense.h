// The gradients of a convolution where each place of its output has one.

#pragma once

#include "conv-forward.h"

namespace {

/// Adds to the gradients of so many numbers of a row of the kernel, by sixteen filters or more, what a
/// picture gives.
template <typename Sixteen, int kNumbers, int kLanes>
INLINE void add_filters(const Rows& x, const Rows& slopes, int64_t rows, int64_t places, float* sum,
                        int64_t pitch) {
  Sixteen sums[kNumbers][kLanes] = {};
  for (int64_t row = 0; row < rows; row++) {
    const float* from = x.numbers + row * x.pitch;
    const float* slope = slopes.numbers + row * slopes.pitch;
    for (int64_t p = 0; p < places; p++, from += x.step, slope += slopes.step) {
      Sixteen numbers[kLanes];
      UNROLL for (int v = 0; v < kLanes; v++) load(numbers[v], slope + v * kLane);
      UNROLL for (int k = 0; k < kNumbers; k++) {
        UNROLL for (int v = 0; v < kLanes; v++) add_product(sums[k][v], from[k], numbers[v]);
      }
    }
  }
  UNROLL for (int k = 0; k < kNumbers; k++) {
    UNROLL for (int v = 0; v < kLanes; v++) add_to(sum + k * pitch + v * kLane, sums[k][v]);
  }
}

struct DenseBackward {
  template <typename Sixteen, int kLanes>
  static INLINE void of_filters(const ConvGeometry& g, const float* x, const Rows& slopes,
                                int64_t pitch, float* sum) {
    constexpr int kMost = kSums<Sixteen> / kLanes < 12 ? kSums<Sixteen> / kLanes : 12;
    for (int64_t row = 0; row < g.height.window; row++) {
      int64_t i = 0;
#define TAKE(kNumbers)                                                                         \
  for (; g.row_length() - i >= kNumbers; i += kNumbers) {                                      \
    const Rows from{x + row * g.row_pitch() + i, g.channels, g.row_pitch()};                   \
    add_filters<Sixteen, kNumbers, kLanes>(from, slopes, g.height.places, g.width.places,      \
                                           sum + (row * g.row_length() + i) * pitch, pitch);   \
  }
      TAKE(kMost)
      if constexpr (kMost > 3) TAKE(3)
      TAKE(1)
#undef TAKE
    }
  }

  template <typename Sixteen>
  static INLINE void run(const ConvGeometry& g, int64_t count, const float* x, const float* filters,
                         const Slopes& given, const Gradients& made) {
    constexpr bool kWide = kSums<Sixteen> >= 24;
    const Side &height = g.height, &width = g.width;
    const int64_t pitch = whole_lanes(g.filters), size = g.kernel_size();
    // The slopes, with as many zeros around them as the turned kernel reaches.
    const int64_t edge_rows = height.window - 1, edge_columns = width.window - 1;
    const int64_t slopes_pitch = (width.places + 2 * edge_columns) * pitch;
    const Floats picture(padded_picture(g)), sum(size * pitch), bias(pitch);
    const Floats slopes((height.places + 2 * edge_rows) * slopes_pitch);
    float* inner = slopes.get() + edge_rows * slopes_pitch + edge_columns * pitch;
    // The gradient of the input is a convolution of the slopes, by the kernel turned by 180°.
    const int64_t channels = whole_lanes(g.channels);
    const Floats turned(made.x ? size / g.channels * pitch * channels : 0);
    const Floats none(channels), of_x(made.x ? height.length * width.length * channels : 0);
    if (made.x) turn(g, filters, pitch, channels, turned.get());
    for (int64_t n = 0; n < count; n++, x += g.picture()) {
      pad(g, x, picture.get());
      const int64_t start = n * g.output();
      const float *y = given.y + start, *slope = given.slope + start;
      for (int64_t row = 0; row < height.places; row++) {
        float* to = inner + row * slopes_pitch;
        for (int64_t p = 0; p < width.places; p++, to += pitch, y += g.filters, slope += g.filters) {
          slopes_of<Sixteen>(y, slope, given.relu, g.filters, to);
          add_lanes<Sixteen>(bias.get(), to, pitch);
        }
      }
      int64_t first = 0;
#define LANES(kLanes)                                                                    \
  for (; pitch - first >= kLanes * kLane; first += kLanes * kLane) {                     \
    const Rows own{inner + first, pitch, slopes_pitch};                                  \
    of_filters<Sixteen, kLanes>(g, picture.get(), own, pitch, sum.get() + first);        \
  }
      if constexpr (kWide) LANES(4)
      if constexpr (kWide) LANES(2)
      LANES(1)
#undef LANES
      if (!made.x) continue;
      const float* corner = inner + (height.before - edge_rows) * slopes_pitch +
                            (width.before - edge_columns) * pitch;
      const Filters back{turned.get(), channels, height.window, width.window * pitch};
      convolve<Sixteen>({corner, pitch, slopes_pitch}, height.length, width.length, back, none.get(),
                        of_x.get(), width.length);
      float* to = made.x + n * g.picture();
      narrow(of_x.get(), height.length * width.length, g.channels, to, channels);
    }
    narrow(sum.get(), size, g.filters, made.filters, pitch);
    narrow(bias.get(), 1, g.filters, made.bias, pitch);
  }

  /// `[rows, columns, channels, filters]` to `[rows, columns, filters, channels]`, from the end.
  static void turn(const ConvGeometry& g, const float* filters, int64_t pitch, int64_t channels,
                   float* to) {
    const int64_t places = g.height.window * g.width.window;
    for (int64_t place = places - 1; place >= 0; place--, to += pitch * channels) {
      const float* from = filters + place * g.channels * g.filters;
      for (int64_t c = 0; c < g.channels; c++) {
        for (int64_t k = 0; k < g.filters; k++) to[k * channels + c] = from[c * g.filters + k];
      }
    }
  }
};

}  // namespace
