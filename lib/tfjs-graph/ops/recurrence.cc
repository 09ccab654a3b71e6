// The ops `Recurrence` and `RecurrenceGrad` of TensorFlow, for the processor: an LSTM or a GRU over all steps
// of its samples as a single op, and its gradients as another.
//
// tfjs-layers takes 20 ops for a step and 60 for its gradients. Samples are independent of one another, so that
// each core can take its part of them.
//
// Worth: an epoch of 64 units over 28 steps takes 0.5 times as long as by TensorFlow's ops, the first one 0.2
// times; of two GRUs of 32 units over 20 steps 0.3 and 0.1 times (two cores, AVX-512).
//
// `train/recorded/recurrence.ts` puts them to use.

#include "activations.h"
#include "product.h"

namespace {

/// A layer, and its samples. Its state is that of an LSTM with the cell behind it.
struct Recurrence {
  int64_t count, steps, inputs, units, gates;
  bool reverse, hard;

  bool is_lstm() const { return gates == 4; }
  int64_t lanes() const { return whole_lanes(units); }
  int64_t width() const { return gates * lanes(); }
  /// Numbers of a sample at a step that are kept: its gates, the LSTM's cell or the GRU's `r · h`, the state.
  int64_t pitch() const { return width() + 2 * lanes(); }
  int64_t read(int64_t step) const { return reverse ? steps - 1 - step : step; }
  int64_t state() const { return is_lstm() ? 2 * units : units; }
};

/// Multiplies by its slope, by what it has given.
template <typename Vector>
INLINE void back_over_gate(Vector& slope, const Vector& y, bool hard) {
  const Vector zero{}, one = zero + 1.0f, most = zero + 0.2f;
  slope *= !hard ? y * (one - y) : y > zero ? (y < one ? most : zero) : zero;
}

#define EACH_LANE for (int64_t k = 0; k < lanes; k += kNumbers<Vector>)

/// What a step has kept of each sample, as `pitch` numbers, and the step before.
template <typename Float>
struct Kept {
  Float* now;
  const float* before;
};

/// Makes the gates' sums their values, and these the new state. A GRU's third gate comes last: it needs `r · h`.
struct Step {
  template <typename Sixteen>
  static INLINE void run(const Recurrence& r, Kept<float> kept, bool last) {
    using Vector = Register<Sixteen>;
    const int64_t lanes = r.lanes(), cell = r.width(), state = cell + lanes;
    for (int64_t n = 0; n < r.count; n++, kept.now += r.pitch(), kept.before += r.pitch()) {
      EACH_LANE {
        float* z = kept.now + k;
        Vector a, b, c, d, old;
        load(a, z), load(b, z + lanes), load(c, z + 2 * lanes);
        load(old, kept.before + (r.is_lstm() ? cell : state) + k);
        if (r.is_lstm()) {
          load(d, z + 3 * lanes);
          open(a, r.hard), open(b, r.hard), squash(c), open(d, r.hard);
          old = b * old + a * c;
          store(z, a), store(z + lanes, b), store(z + 2 * lanes, c), store(z + 3 * lanes, d);
          store(z + cell, old);
          squash(old);
          old *= d;
          store(z + state, old);
        } else if (last) {
          squash(c);
          old = c + a * (old - c);
          store(z + 2 * lanes, c), store(z + state, old);
        } else {
          open(a, r.hard), open(b, r.hard);
          old *= b;
          store(z, a), store(z + lanes, b), store(z + cell, old);
        }
      }
    }
  }
};

/// Reverses `Step`: makes slopes by the gates' sums of those by the state, and by the cell or `r · h`.
struct StepBack {
  template <typename Sixteen>
  static INLINE void run(const Recurrence& r, Kept<const float> kept, float* gates, float* states,
                         float* cells, bool last) {
    using Vector = Register<Sixteen>;
    const int64_t lanes = r.lanes(), cell = r.width(), state = cell + lanes;
    const Vector zero{}, one = zero + 1.0f;
    for (int64_t n = 0; n < r.count; n++, kept.now += r.pitch(), kept.before += r.pitch()) {
      EACH_LANE {
        const float* z = kept.now + k;
        float *to = gates + n * r.width() + k, *by_state = states + n * lanes + k;
        float* by_cell = cells + n * lanes + k;
        Vector a, b, c, d, now, old, slope, carried;
        load(a, z), load(b, z + lanes), load(c, z + 2 * lanes), load(slope, by_state), load(carried, by_cell);
        load(old, kept.before + (r.is_lstm() ? cell : state) + k);
        if (r.is_lstm()) {
          load(d, z + 3 * lanes), load(now, z + cell);
          squash(now);
          carried += slope * d * (one - now * now);
          slope *= now;
          back_over_gate(slope, d, r.hard);
          now = carried * c;
          back_over_gate(now, a, r.hard);
          old *= carried;
          back_over_gate(old, b, r.hard);
          c = carried * a * (one - c * c);
          carried *= b;
          store(to, now), store(to + lanes, old), store(to + 2 * lanes, c), store(to + 3 * lanes, slope);
          store(by_state, zero), store(by_cell, carried);
        } else if (last) {
          now = slope * (old - c);
          back_over_gate(now, a, r.hard);
          c = slope * (one - a) * (one - c * c);
          slope *= a;
          store(to, now), store(to + 2 * lanes, c), store(by_state, slope), store(by_cell, zero);
        } else {
          now = carried * old;
          back_over_gate(now, b, r.hard);
          slope += carried * b;
          store(to + lanes, now), store(by_state, slope);
        }
      }
    }
  }
};

/// A matrix of weights, each gate's columns as whole lanes.
Floats widened(const Recurrence& r, const float* from, int64_t rows) {
  Floats made(rows * r.width());
  copy_rows(from, rows * r.gates, r.units, made.get(), r.units, r.lanes());
  return made;
}

/// Its transpose, whose rows are whole lanes.
Floats turned(const Recurrence& r, const float* from, int64_t rows) {
  const int64_t pitch = whole_lanes(rows);
  Floats made(pitch * r.width());
  for (int64_t i = 0; i < rows * r.gates * r.units; i++) {
    const int64_t column = i % (r.gates * r.units);
    const int64_t place = column / r.units * r.lanes() + column % r.units;
    made.get()[place * pitch + i / (r.gates * r.units)] = from[i];
  }
  return made;
}

/// Copies the state of each sample from, or to, what a step has kept.
void copy_state(const Recurrence& r, const float* from, float* to, bool is_kept) {
  const int64_t kept = is_kept ? r.pitch() : r.state(), made = is_kept ? r.state() : r.pitch();
  const int64_t cell = r.width(), state = cell + r.lanes();
  copy_rows(from + (is_kept ? state : 0), r.count, r.units, to + (is_kept ? 0 : state), kept, made);
  if (!r.is_lstm()) return;
  copy_rows(from + (is_kept ? cell : r.units), r.count, r.units, to + (is_kept ? r.units : cell), kept, made);
}

/// @param start null for states of 0.
/// @param saved what is kept: of the start, then of each step.
void run_forward(const Recurrence& r, const float* x, const float* kernel, const float* recurrent,
                 const float* bias, const float* start, float* saved) {
  const int64_t lanes = r.lanes(), width = r.width(), pitch = r.pitch();
  const Floats of_input = widened(r, kernel, r.inputs), of_state = widened(r, recurrent, r.units);
  const Floats biases = widened(r, bias, 1);
  std::memset(saved, 0, r.count * pitch * sizeof(float));
  if (start) copy_state(r, start, saved, false);
  const float* before = saved;
  saved += r.count * pitch;
  for (int64_t t = 0; t < r.steps; t++, before = saved, saved += r.count * pitch) {
    for (int64_t n = 0; n < r.count; n++) {
      std::memcpy(saved + n * pitch, biases.get(), width * sizeof(float));
    }
    const auto add = [&](const Strided& left, int64_t inner, const Floats& by, int64_t from, int64_t to) {
      add_product(left, r.count, inner, {by.get() + from * lanes, width}, (to - from) * lanes,
                  {saved + from * lanes, pitch});
    };
    add({x + r.read(t) * r.inputs, r.steps * r.inputs, 1}, r.inputs, of_input, 0, r.gates);
    add({before + width + lanes, pitch, 1}, r.units, of_state, 0, r.is_lstm() ? 4 : 2);
    run_widest<Step>(r, Kept<float>{saved, before}, false);
    if (r.is_lstm()) continue;
    add({saved + width, pitch, 1}, r.units, of_state, 2, 3);
    run_widest<Step>(r, Kept<float>{saved, before}, true);
  }
}

/// @param slope by the states of the `kept` last steps.
/// @param by_x null where it is not asked for.
void run_backward(const Recurrence& r, const float* x, const float* kernel, const float* recurrent,
                  const float* saved, const float* slope, int64_t kept, float* by_x, float* by_kernel,
                  float* by_recurrent, float* by_bias) {
  const int64_t lanes = r.lanes(), width = r.width(), pitch = r.pitch(), inputs = whole_lanes(r.inputs);
  const Floats to_input = turned(r, kernel, by_x ? r.inputs : 0), to_state = turned(r, recurrent, r.units);
  const Floats of_input(r.inputs * width), of_state(r.units * width), biases(width);
  const Floats gates(r.count * width), states(r.count * lanes), cells(r.count * lanes);
  const Floats samples(r.count * inputs);
  /// Adds what some gates hand back to what they were made of, and to the weights between.
  const auto back = [&](const Strided& left, int64_t inner, int64_t from, int64_t to, const Floats& by,
                        float* made, const Floats& weights) {
    const float* given = gates.get() + from * lanes;
    const int64_t columns = (to - from) * lanes, rows = whole_lanes(inner);
    const Pitched<const float> turned{by.get() + from * lanes * rows, rows};
    if (made) add_product({given, width, 1}, r.count, columns, turned, rows, {made, rows});
    const Strided across{left.numbers, left.column_step, left.row_step};
    add_product(across, inner, r.count, {given, width}, columns, {weights.get() + from * lanes, width});
  };
  for (int64_t t = r.steps - 1; t >= 0; t--) {
    const float* before = saved + t * r.count * pitch;
    const Kept<const float> own{before + r.count * pitch, before};
    for (int64_t n = 0; n < r.count && t >= r.steps - kept; n++) {
      const float* from = slope + (n * kept + t - (r.steps - kept)) * r.units;
      for (int64_t k = 0; k < r.units; k++) states.get()[n * lanes + k] += from[k];
    }
    run_widest<StepBack>(r, own, gates.get(), states.get(), cells.get(), true);
    if (!r.is_lstm()) {
      back({own.now + width, pitch, 1}, r.units, 2, 3, to_state, cells.get(), of_state);
      run_widest<StepBack>(r, own, gates.get(), states.get(), cells.get(), false);
    }
    const int64_t direct = r.is_lstm() ? 4 : 2, read = r.read(t) * r.inputs;
    back({own.before + width + lanes, pitch, 1}, r.units, 0, direct, to_state, states.get(), of_state);
    float* by_samples = by_x ? samples.get() : nullptr;
    back({x + read, r.steps * r.inputs, 1}, r.inputs, 0, r.gates, to_input, by_samples, of_input);
    constexpr float one = 1;
    add_product({&one, 0, 0}, 1, r.count, {gates.get(), width}, width, {biases.get(), width});
    if (by_x == nullptr) continue;
    copy_rows(samples.get(), r.count, r.inputs, by_x + read, inputs, r.steps * r.inputs);
    std::memset(samples.get(), 0, r.count * inputs * sizeof(float));
  }
  copy_rows(of_input.get(), r.inputs * r.gates, r.units, by_kernel, lanes, r.units);
  copy_rows(of_state.get(), r.units * r.gates, r.units, by_recurrent, lanes, r.units);
  copy_rows(biases.get(), r.gates, r.units, by_bias, lanes, r.units);
}

/// What both ops have in common.
struct Told {
  const bool reverse, hard, whole;

  /// @param whole the attribute that says whether all states are given, or the gradient by the input.
  Told(TF_OpKernelConstruction* told, const char* whole, const Status& status)
      : reverse(read_bool(told, "reverse", status)),
        hard(read_bool(told, "hard", status)),
        whole(read_bool(told, whole, status)) {}

  /// Returns what the op computes, and refuses inputs that do not fit each other.
  Recurrence of(const Input& x, const Input& kernel, const Input& recurrent, const Input& bias,
                const Status& status) const {
    Recurrence r{0, 0, 0, 1, 4, reverse, hard};
    if (!status.ok()) return r;
    if (TF_NumDims(x.tensor) == 3 && kernel.is_matrix() && recurrent.is_matrix() && recurrent.rows() > 0) {
      r.count = x.rows(), r.steps = TF_Dim(x.tensor, 1), r.inputs = TF_Dim(x.tensor, 2);
      r.units = recurrent.rows(), r.gates = recurrent.columns() / r.units;
    }
    const int64_t columns = r.gates * r.units;
    const bool fits = r.gates == 3 || r.gates == 4;
    if (!fits || r.steps == 0 || kernel.rows() != r.inputs || kernel.columns() != columns ||
        recurrent.columns() != columns || bias.size() != columns) {
      status.refuse("Expected samples and weights that fit each other");
    }
    return r;
  }
};

struct RecurrenceOp : Told {
  RecurrenceOp(TF_OpKernelConstruction* told, const Status& status) : Told(told, "sequences", status) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input x(context, 0, status), kernel(context, 1, status), recurrent(context, 2, status);
    const Input bias(context, 3, status), start(context, 4, status);
    const Recurrence r = of(x, kernel, recurrent, bias, status);
    if (status.ok() && start.size() > 0 && start.size() != r.count * r.state()) {
      status.refuse("Expected a state for each sample");
    }
    const int64_t kept = whole ? r.steps : 1;
    const Output y(context, 0, TF_FLOAT, {r.count, kept, r.units}, status);
    const Output saved(context, 1, TF_FLOAT, {r.steps + 1, r.count, r.pitch()}, status);
    const Output end(context, 2, TF_FLOAT, {r.count, r.state()}, status);
    if (!status.ok()) return;
    auto* numbers = saved.data<float>();
    run_forward(r, x.data<float>(), kernel.data<float>(), recurrent.data<float>(), bias.data<float>(),
                start.size() > 0 ? start.data<float>() : nullptr, numbers);
    copy_state(r, numbers + r.steps * r.count * r.pitch(), end.data<float>(), true);
    for (int64_t t = 0; t < kept; t++) {
      const float* states = numbers + (r.steps - kept + t + 1) * r.count * r.pitch() + r.pitch() - r.lanes();
      copy_rows(states, r.count, r.units, y.data<float>() + t * r.units, r.pitch(), kept * r.units);
    }
  }
};

struct RecurrenceGrad : Told {
  RecurrenceGrad(TF_OpKernelConstruction* told, const Status& status) : Told(told, "with_input", status) {}

  void run(TF_OpKernelContext* context, const Status& status) const {
    const Input x(context, 0, status), kernel(context, 1, status), recurrent(context, 2, status);
    const Input bias(context, 3, status), saved(context, 4, status), slope(context, 5, status);
    const Recurrence r = of(x, kernel, recurrent, bias, status);
    if (!status.ok()) return;
    const int64_t kept = TF_NumDims(slope.tensor) == 3 ? TF_Dim(slope.tensor, 1) : 0;
    if (saved.size() != (r.steps + 1) * r.count * r.pitch() || kept < 1 || kept > r.steps ||
        slope.size() != r.count * kept * r.units) {
      return status.refuse("Expected what the layer has kept, and slopes by what it has given");
    }
    const Output of_x(context, 0, TF_FLOAT, {whole ? r.count : 0, r.steps, r.inputs}, status);
    const Output of_kernel(context, 1, TF_FLOAT, {kernel.rows(), kernel.columns()}, status);
    const Output of_recurrent(context, 2, TF_FLOAT, {recurrent.rows(), recurrent.columns()}, status);
    const Output of_bias(context, 3, TF_FLOAT, {bias.size()}, status);
    if (!status.ok()) return;
    run_backward(r, x.data<float>(), kernel.data<float>(), recurrent.data<float>(), saved.data<float>(),
                 slope.data<float>(), kept, whole ? of_x.data<float>() : nullptr, of_kernel.data<float>(),
                 of_recurrent.data<float>(), of_bias.data<float>());
  }
};

#define GIVEN "x: float", "kernel: float", "recurrent: float", "bias: float"
#define TOLD "reverse: bool", "hard: bool"

const bool registered =
    register_op<RecurrenceOp>("Recurrence", {GIVEN, "start: float"}, {TOLD, "sequences: bool"},
                              {"y: float", "saved: float", "end: float"}) &&
    register_op<RecurrenceGrad>(
        "RecurrenceGrad", {GIVEN, "saved: float", "slope: float"}, {TOLD, "with_input: bool"},
        {"of_x: float", "of_kernel: float", "of_recurrent: float", "of_bias: float"});

}  // namespace
