// Stands in for Python, without which TensorFlow's library for Windows does not load. Nothing that
// TensorFlow.js asks of it comes here.

#include <cstdio>
#include <cstdlib>

extern "C" {

char nothing[4096];

void none() {
  std::fputs("TensorFlow has asked for Python, which is not there.\n", stderr);
  std::abort();
}

}  // extern "C"
