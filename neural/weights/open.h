// The one door to weights on disk.
#pragma once

#include <memory>
#include <string>

#include "neural/weights/source.h"

namespace neural {

// `path` is a file (safetensors, GGUF or PyTorch's, found out by its first bytes, not by its name),
// an
// *.index.json, or a folder that holds one model: an index, one file, or all shards
// NAME-00001-of-00003.EXT of one. Quantised forms with scales beside the weights (scaled.h) appear
// as ordinary tensors. Opening maps, it does not read: 42 GB take milliseconds.
base::Result<std::shared_ptr<TensorSource>> open_weights(const std::string& path);

}  // namespace neural
