# The lesson's ten stages in Python: the same cells, Keras on TensorFlow, the same figures by Plotly.
# The figures go out as their data, as the lesson's do. MNIST is in the form in which Keras keeps it,
# one compressed .npz, where `keras.datasets.mnist.load_data` would find it after its first download.

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
by_reshape = model.predict(tf.reshape(x_test[0], (1, 28, 28)))
by_slice = model.predict(x_test[0:1])
print(by_reshape.shape, by_slice.shape)
print(by_slice)
print(by_reshape.argmax(1), by_slice.argmax(1))


# %%
def digit_row(images, labels, predictions, title):
    titles = [f"y= {y}<br>y_pred={p}" for y, p in zip(labels, predictions)]
    figure = make_subplots(1, len(images), subplot_titles=titles)
    for column, image in enumerate(images, start=1):
        figure.add_trace(
            go.Heatmap(z=image, colorscale="gray", showscale=False), row=1, col=column
        )
    figure.update_xaxes(visible=False).update_yaxes(visible=False, autorange="reversed")
    figure.update_layout(title=dict(text=title, font=dict(size=20, color="red")))
    figure.show()


y_pred = np.argmax(model.predict(x_test[0:4]), axis=1)
print(y_pred)
digit_row(test_x[0:4], test_y[0:4], y_pred, "取出测试集中的前4个数据进行识别")

# %%
picks = np.random.permutation(10000)[:4]
any_pred = np.argmax(model.predict(tf.gather(x_test, picks)), axis=1)
digit_row(test_x[picks], test_y[picks], any_pred, "随机取出测试集中的任意4个数据进行识别")
