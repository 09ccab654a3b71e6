# The lesson's ten stages in Python: Keras on TensorFlow, the same figures by Plotly. What has no
# counterpart is left out: pads, guesses, growing curves, the single step, what becomes of the units.
# The figures go out as data, as the lesson's do. MNIST is one compressed .npz, as Keras keeps it, at
# the place where `keras.datasets.mnist.load_data` would find it after its first download.

# %%
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import plotly
import plotly.graph_objects as go
import plotly.io as pio
import tensorflow as tf
from plotly.subplots import make_subplots

print(tf.__version__, np.__version__, plotly.__version__)

# %%
pio.renderers.default = "plotly_mimetype"
gpus = tf.config.list_physical_devices("GPU")
for gpu in gpus:
    tf.config.experimental.set_memory_growth(gpu, True)
print(gpus or "CPU")

# %%
with np.load(os.environ["DIGITS_BENCH_MNIST"]) as data:
    train_x, train_y = data["x_train"], data["y_train"]
    test_x, test_y = data["x_test"], data["y_test"]
print(train_x.shape, train_y.shape)
print(test_x.shape, test_y.shape)

# %%
print(type(train_x), type(train_y))
print((train_x.min(), train_x.max()))
print((train_y.min(), train_y.max()))


# %%
def show(pixels, scale="gray", **options):
    go.Figure(go.Heatmap(z=pixels, colorscale=scale, **options)).update_yaxes(
        autorange="reversed"
    ).show()


def sheet(images, columns):
    """Pictures beside and below one another, as one."""
    rows = len(images) // columns
    return images.reshape(rows, columns, 28, 28).swapaxes(1, 2).reshape(rows * 28, columns * 28)


ten_each = [np.flatnonzero(train_y == digit)[:10] for digit in range(10)]
show(sheet(train_x[np.concatenate(ten_each)], 10))

# %%
show(train_x[0], texttemplate="%{z}")

# %%
x_train = tf.cast(train_x / 255.0, tf.float32)
x_test = tf.cast(test_x / 255.0, tf.float32)
y_train = tf.cast(train_y, tf.int32)
y_test = tf.cast(test_y, tf.int32)
print(x_train.shape, x_train.dtype, float(tf.reduce_min(x_train)), float(tf.reduce_max(x_train)))
print(y_train.shape, y_train.dtype)

# %%
print(tf.reshape(x_train, (60000, 784)).shape)

# %%
model = tf.keras.Sequential(
    [
        tf.keras.Input((28, 28)),
        tf.keras.layers.Flatten(),
        tf.keras.layers.Dense(128, activation="relu"),
        tf.keras.layers.Dense(10, activation="softmax"),
    ]
)

# %%
model.summary()

# %%
figure = go.Figure()
for row, (units, name) in enumerate(((784, "flatten"), (128, "dense"), (10, "dense_1"))):
    shown = min(units, 16)
    at = np.linspace(-1, 1, shown)
    figure.add_trace(
        go.Scatter(x=[row] * shown, y=at, mode="markers", marker_size=12, name=f"{name}: {units}")
    )
    if row > 0:
        lines = [y for a in before for b in at for y in (a, b, None)]
        steps = [row - 1, row, None] * (len(lines) // 3)
        line = dict(width=0.5, color="gray")
        figure.add_trace(go.Scatter(x=steps, y=lines, mode="lines", line=line, showlegend=False))
    before = at
figure.update_xaxes(visible=False).update_yaxes(visible=False)
figure.show()

# %%
hidden = 784 * 128 + 128
output = 128 * 10 + 10
print(hidden, output, hidden + output)

# %%
model.compile(
    optimizer="adam",
    loss="sparse_categorical_crossentropy",
    metrics=["sparse_categorical_accuracy"],
)
print(model.optimizer.get_config())

# %%
p = tf.constant([[0.1, 0.7, 0.2]])
one_hot = tf.one_hot([1], 3)
print(tf.keras.losses.categorical_crossentropy(one_hot, p).numpy())
print(tf.keras.losses.sparse_categorical_crossentropy(tf.constant([1]), p).numpy())

# %%
history = model.fit(x_train, y_train, batch_size=64, epochs=5, validation_split=0.2)

# %%
figure = make_subplots(1, 2, subplot_titles=("loss", "accuracy"))
for column, name in enumerate(("loss", "sparse_categorical_accuracy"), start=1):
    for key in (name, f"val_{name}"):
        figure.add_trace(go.Scatter(y=history.history[key], name=key), row=1, col=column)
figure.show()

# %%
test_loss, test_accuracy = model.evaluate(x_test, y_test, batch_size=64, verbose=2)
print(test_loss, test_accuracy)

# %%
x = x_test[0]
print(x.shape)
try:
    model.predict(x)
except Exception as error:
    print(error)


# %%
def probability_bars(images, labels, probabilities):
    figure = make_subplots(len(images), 2)
    for row, (image, label, shares) in enumerate(zip(images, labels, probabilities), start=1):
        heatmap = go.Heatmap(z=image, colorscale="gray", showscale=False)
        colors = ["green" if digit == label else "gray" for digit in range(10)]
        bars = go.Bar(x=list(range(10)), y=shares, marker_color=colors, showlegend=False)
        figure.add_trace(heatmap, row=row, col=1).add_trace(bars, row=row, col=2)
    figure.show()


by_reshape = model.predict(tf.reshape(x_test[0], (1, 28, 28)))
by_slice = model.predict(x_test[0:1])
print(by_reshape.shape, by_slice.shape)
print(by_reshape.argmax(1), by_slice.argmax(1))
probability_bars(test_x[:1], test_y[:1], by_slice)

# %%
steps = tf.keras.Model(model.inputs, [layer.output for layer in model.layers])
figure = make_subplots(len(model.layers), 1)
for row, values in enumerate(steps.predict(x_test[0:1]), start=1):
    figure.add_trace(go.Heatmap(z=values, colorscale="gray", showscale=False), row=row, col=1)
figure.show()

# %%
probabilities = model.predict(x_test)
predictions = probabilities.argmax(1)
confusion = tf.math.confusion_matrix(test_y, predictions).numpy()
show(confusion, "Blues", texttemplate="%{z}")


# %%
def digits(images, labels, predictions, columns, extra):
    """Digits of the data set on one sheet, with their captions."""
    figure = go.Figure(go.Heatmap(z=sheet(images, columns), colorscale="gray"))
    for at, (label, prediction, more) in enumerate(zip(labels, predictions, extra)):
        figure.add_annotation(
            x=at % columns * 28 + 14,
            y=at // columns * 28,
            text=f"y= {label}<br>y_pred={prediction}{more}",
            showarrow=False,
        )
    return figure


wrong = np.flatnonzero(predictions != test_y)
worst = wrong[np.argsort(-probabilities[wrong, predictions[wrong]])][:12]
sureness = [f"<br>{share:.1%}" for share in probabilities[worst, predictions[worst]]]
digits(test_x[worst], test_y[worst], predictions[worst], 6, sureness).show()

# %%
kernel = model.layers[1].get_weights()[0]
show(sheet(kernel.T.reshape(128, 28, 28), 16), "RdBu")

# %%
y_pred = np.argmax(model.predict(x_test[0:4]), axis=1)
print(y_pred)
title = dict(text="取出测试集中的前4个数据进行识别", font=dict(size=20, color="red"))
digits(test_x[:4], test_y[:4], y_pred, 4, [""] * 4).update_layout(title=title).show()

# %%
probability_bars(test_x[:4], test_y[:4], model.predict(x_test[0:4]))

# %%
picks = np.random.permutation(10000)[:48]
figure = digits(test_x[picks], test_y[picks], predictions[picks], 4, [""] * 48)
draws = [
    dict(label=f"{i + 1}", method="relayout", args=[{"yaxis.range": [i * 28 + 28, i * 28]}])
    for i in range(12)
]
figure.update_layout(updatemenus=[dict(type="buttons", buttons=draws)])
figure.show()
