// GGUF (ggml-org/ggml, docs/gguf.md), versions 2 and 3, little-endian: magic, counts, typed
// metadata, tensor table, padding to `general.alignment`, data.
//
// GGUF counts axes from the innermost one and knows four of them; here a tensor has its published
// row-major shape again. More than four axes are kept by the convention of the common converters:
// the metadata array comfy.gguf.orig_shape.NAME holds the published shape. Writers of GGUF drop
// outer axes of length 1, so a tensor answers to any shape that differs by those alone.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "neural/weights/source.h"

namespace neural {

// f32, f16, bf16, f64, i8, i32, i64, q8_0, q4_0, q4_K, q5_K, q6_K; another type is an error that
// names it. Errors also say what is truncated, lies, overlaps or stands twice.
base::Result<std::shared_ptr<TensorSource>> open_gguf(const std::string& path);
// Bytes in memory; `mapped`: they are a mapped file, whose pages may be forgotten.
base::Result<std::shared_ptr<TensorSource>> parse_gguf(std::shared_ptr<const std::byte> bytes,
                                                       size_t size, const std::string& name,
                                                       bool mapped = false);

// Metadata to write: text, a whole number, or a shape.
struct GgufValue {
    enum class Kind { Text, U32, Shape } kind = Kind::Text;
    std::string text;
    uint32_t number = 0;
    std::vector<int32_t> shape;
};

struct GgufEntry {
    std::string name;
    tensor::DType dtype = tensor::DType::F32;
    tensor::Shape shape;  // published order
};

// Writes the file piece by piece, so that no tensor has to be whole in memory: `fill` is called
// once per entry in order and hands the bytes of that tensor to `put`, in order and in full.
// Atomic.
using GgufPut = std::function<base::Status(const void* data, size_t size)>;
base::Status write_gguf(const std::string& path,
                        const std::vector<std::pair<std::string, GgufValue>>& metadata,
                        const std::vector<GgufEntry>& entries,
                        const std::function<base::Status(const GgufEntry&, const GgufPut&)>& fill);

}  // namespace neural
