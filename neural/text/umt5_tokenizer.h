// The SentencePiece tokenizer of UMT5 (Kudo & Richardson 2018), from its published model file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/core/result.h"
#include "tensor/core/tensor.h"

namespace sentencepiece {
class SentencePieceProcessor;
}

namespace neural::text {

class Umt5Tokenizer {
public:
    // The longest sequence that the Wan models read, end mark included.
    static constexpr int64_t kMaxLength = 512;

    // `path`: spiece.model, or the folder that holds it.
    static base::Result<Umt5Tokenizer> load(const std::string& path);
    // The same for the file's bytes; `name` stands in messages.
    static base::Result<Umt5Tokenizer> parse(std::string_view bytes, const std::string& name);

    int64_t pieces() const;
    // Whether an encoder with `rows` token embeddings belongs to this tokenizer: all pieces have a
    // row, and there are no more rows than sentinels and padding of the table explain (up to 512,
    // and never half of the table).
    base::Status fits(int64_t rows) const;

    // The prompt, cleaned (umt5_prompt.h), as pieces and the end mark; cut to max_length >= 1, the
    // end mark stays. Never empty.
    base::Result<std::vector<int32_t>> encode(std::string_view prompt,
                                              int64_t max_length = kMaxLength) const;
    int32_t pad_id() const { return pad_; }

private:
    std::shared_ptr<const sentencepiece::SentencePieceProcessor> processor_;
    std::string name_;
    int32_t pad_ = 0, end_ = 1;
};

// ids and mask i32 [1,length]: the tokens, then `pad`. The encoder does not need it (padding is
// seen by no token), but can be compared with implementations that pad.
struct PaddedTokens {
    tensor::Tensor ids, mask;
};
PaddedTokens pad_tokens(const std::vector<int32_t>& tokens, int64_t length, int32_t pad);

}  // namespace neural::text
