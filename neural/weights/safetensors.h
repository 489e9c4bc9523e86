// The safetensors format (huggingface/safetensors, README "Format"): u64 little-endian length of a
// JSON header, the header, then the data. A sharded model has an index file that names the shard of
// each tensor.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "neural/weights/source.h"

namespace neural {

// `path`: a .safetensors file, an *.safetensors.index.json, or a folder that holds either.
// Errors say what lies where: truncated, header beyond the file, ranges that overlap or do not fit
// their shape, unknown types, duplicate names.
base::Result<std::shared_ptr<TensorSource>> open_safetensors(const std::string& path);

// The same for bytes in memory (tests, fuzzing); `name` stands in messages.
base::Result<std::shared_ptr<TensorSource>> parse_safetensors(
    std::shared_ptr<const std::byte> bytes, size_t size, const std::string& name);

// Writes to a temporary file beside `path` and renames it; all or nothing.
base::Status write_safetensors(const std::string& path,
                               const std::vector<std::pair<std::string, tensor::Tensor>>& tensors,
                               const std::map<std::string, std::string>& metadata = {});

}  // namespace neural
