// The gradients of a convolution where each place of its output has one.

#pragma once

#include "conv-forward.h"

namespace {

struct DenseBackward {
  template <typename Sixteen>
  static INLINE void run(const ConvGeometry& g, int64_t count, const float* x, const float* filters,
                         const Slopes& given, const Gradients& made) {
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
      for (int64_t row = 0; row < height.window; row++) {
        const float* from = picture.get() + row * g.row_pitch();
        AddProduct::run<Sixteen>({from, 1, g.channels, height.places, g.row_pitch()}, g.row_length(),
                                 width.places, {inner, pitch, slopes_pitch}, pitch,
                                 {sum.get() + row * g.row_length() * pitch, pitch});
      }
      if (!made.x) continue;
      const float* corner = inner + (height.before - edge_rows) * slopes_pitch +
                            (width.before - edge_columns) * pitch;
      convolve<Sixteen>({corner, pitch, 1, height.window, slopes_pitch}, height.length, width.length,
                        width.window * pitch, turned.get(), none.get(), channels, of_x.get(), width.length);
      float* to = made.x + n * g.picture();
      copy_rows(of_x.get(), height.length * width.length, g.channels, to, channels, g.channels);
    }
    copy_rows(sum.get(), size, g.filters, made.filters, pitch, g.filters);
    copy_rows(bias.get(), 1, g.filters, made.bias, pitch, g.filters);
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
