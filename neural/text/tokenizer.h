// Words become the numbers that a text model was trained with.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"

namespace neural {

class Tokenizer {
public:
    virtual ~Tokenizer() = default;
    // Ids of `text` (UTF-8, else an Error), without any special token around it. Thread-safe.
    virtual base::Result<std::vector<int32_t>> encode(std::string_view text) const = 0;
    virtual int64_t vocabulary_size() const = 0;  // ids lie below
    // nullopt-like: -1 where the vocabulary has no such token ("<bos>", "<pad>").
    virtual int32_t id_of(std::string_view token) const = 0;
};

// One id per byte, 0..255, then <pad> 256, <bos> 257, <eos> 258: the tokenizer of the tiny models.
std::shared_ptr<const Tokenizer> byte_tokenizer();

// A tokenizer.json of Hugging Face's tokenizers library: byte-pair models (Sennrich et al. 2016)
// with byte fallback, added tokens, normalizers Replace / Prepend / Sequence, pre-tokenizers Split
// on a string / Metaspace / none. Anything else is an Error that names it. `name` stands in
// messages.
base::Result<std::shared_ptr<const Tokenizer>> parse_tokenizer_json(std::string_view json,
                                                                    const std::string& name);
base::Result<std::shared_ptr<const Tokenizer>> read_tokenizer_json(const std::string& path);

}  // namespace neural
