// Reads the configuration of a session from the folder of the SavedModel: the file `session.config`, a serialized
// `ConfigProto`. TensorFlow accepts a configuration only from the caller that loads the model, and TensorFlow.js's
// addon passes none.
//
// TensorFlow uses the configured number of threads only if sessions have thread pools of their own
// (TF_OVERRIDE_GLOBAL_THREADPOOL).
//
// Worth, for the lesson: with TensorFlow's rewriting of the graph, the default, the first epoch takes 25 % longer and
// later epochs 5 % (medians of seven pairs by turns, two cores).
//
// The addon is compiled with `TF_LoadSessionFromSavedModel` defined as the function below.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tensorflow/c/c_api.h"

#undef TF_LoadSessionFromSavedModel

namespace {

#if defined(_WIN32)
int setenv(const char* name, const char* value, int) {
  return std::getenv(name) == nullptr ? _putenv_s(name, value) : 0;
}
#endif

// TensorFlow reads the variable when creating the first device, after the addon has loaded.
[[maybe_unused]] const int own_threads = setenv("TF_OVERRIDE_GLOBAL_THREADPOOL", "1", 0);

}  // namespace

extern "C" {

TF_Session* TF_LoadSessionFromSavedModel(const TF_SessionOptions*, const TF_Buffer*, const char*,
                                         const char* const*, int, TF_Graph*, TF_Buffer*,
                                         TF_Status*);

TF_Session* LoadSessionWithConfig(const TF_SessionOptions*, const TF_Buffer* run_options,
                                  const char* folder, const char* const* tags, int tag_count,
                                  TF_Graph* graph, TF_Buffer* meta_graph, TF_Status* status) {
  // The path is UTF-8 on Windows, too.
  const auto path = std::filesystem::u8path(folder) / "session.config";
  std::ifstream file(path, std::ios::binary);
  const std::string config{std::istreambuf_iterator<char>(file), {}};
  TF_SessionOptions* options = TF_NewSessionOptions();
  TF_Session* session = nullptr;
  // Without the file, the configuration is empty, as from the addon.
  TF_SetConfig(options, config.data(), config.size(), status);
  if (TF_GetCode(status) == TF_OK) {
    session = TF_LoadSessionFromSavedModel(options, run_options, folder, tags, tag_count, graph,
                                           meta_graph, status);
  }
  TF_DeleteSessionOptions(options);
  return session;
}

}  // extern "C"
