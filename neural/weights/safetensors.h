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

// `path`: a .safetensors file or an *.safetensors.index.json. (open.h finds out what a path is.)
// Errors say what lies where: truncated, header beyond the file, ranges that overlap or do not fit
// their shape, unknown types, duplicate names.
base::Result<std::shared_ptr<TensorSource>> open_safetensors(const std::string& path);

// The same for bytes in memory; `name` stands in messages. `mapped`: they are a mapped file, whose
// pages may be forgotten (TensorSource::memory_of).
base::Result<std::shared_ptr<TensorSource>> parse_safetensors(
    std::shared_ptr<const std::byte> bytes, size_t size, const std::string& name,
    bool mapped = false);

// Writes to a temporary file beside `path` and renames it; all or nothing.
base::Status write_safetensors(const std::string& path,
                               const std::vector<std::pair<std::string, tensor::Tensor>>& tensors,
                               const std::map<std::string, std::string>& metadata = {});

}  // namespace neural
