#include "neural/text/umt5_tokenizer.h"

#include <sentencepiece_processor.h>

#include <algorithm>
#include <filesystem>

#include "neural/text/umt5_prompt.h"
#include "neural/weights/mapped_file.h"

namespace neural::text {

namespace {
constexpr size_t kLargestFile = 64 << 20;  // the published one has 4.5 MB
constexpr int64_t kSpareRows = 512;
}  // namespace

base::Result<Umt5Tokenizer> Umt5Tokenizer::load(const std::string& given) {
    std::error_code error;
    std::filesystem::path path = given;
    if (std::filesystem::is_directory(path, error)) path /= "spiece.model";
    const MappedFile file = TRY(map_file(path.string()));
    return parse({reinterpret_cast<const char*>(file.bytes.get()), file.size}, path.string());
}

base::Result<Umt5Tokenizer> Umt5Tokenizer::parse(std::string_view bytes, const std::string& name) {
    if (bytes.size() > kLargestFile)
        return base::failed("is too large for a SentencePiece model", name);
    auto processor = std::make_shared<sentencepiece::SentencePieceProcessor>();
    const auto status = processor->LoadFromSerializedProto({bytes.data(), bytes.size()});
    if (!status.ok() || processor->GetPieceSize() < 1)
        return base::failed("is no SentencePiece model: " + status.ToString(), name);
    Umt5Tokenizer tokenizer;
    tokenizer.name_ = name;
    tokenizer.pad_ = processor->pad_id();
    tokenizer.end_ = processor->eos_id();
    if (tokenizer.pad_ < 0 || tokenizer.end_ < 0) {
        return base::failed(
            "has no padding or no end piece, so it is the tokenizer of another model; UMT5's is "
            "spiece.model of google/umt5-xxl",
            name);
    }
    tokenizer.processor_ = std::move(processor);
    return tokenizer;
}

int64_t Umt5Tokenizer::pieces() const { return processor_->GetPieceSize(); }

base::Status Umt5Tokenizer::fits(int64_t rows) const {
    const int64_t spare = rows - pieces();
    if (spare >= 0 && spare <= std::min(kSpareRows, rows / 2)) return {};
    return base::failed("has " + std::to_string(pieces()) + " pieces, the text encoder " +
                            std::to_string(rows) +
                            " token embeddings; it is the tokenizer of another model",
                        name_);
}

base::Result<std::vector<int32_t>> Umt5Tokenizer::encode(std::string_view prompt,
                                                         int64_t max_length) const {
    CHECK(max_length >= 1, "room for the end mark");
    const std::string clean = clean_umt5_prompt(prompt);
    std::vector<int> ids;
    const auto status = processor_->Encode({clean.data(), clean.size()}, &ids);
    if (!status.ok()) return base::failed("cannot encode the prompt: " + status.ToString(), name_);
    const size_t kept = std::min(ids.size(), static_cast<size_t>(max_length - 1));
    std::vector<int32_t> tokens(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(kept));
    tokens.push_back(end_);
    return tokens;
}

PaddedTokens pad_tokens(const std::vector<int32_t>& tokens, int64_t length, int32_t pad) {
    CHECK(static_cast<int64_t>(tokens.size()) <= length, "more tokens than places");
    std::vector<int32_t> ids = tokens, mask(tokens.size(), 1);
    ids.resize(static_cast<size_t>(length), pad);
    mask.resize(static_cast<size_t>(length), 0);
    return {tensor::Tensor::from_i32({1, length}, ids),
            tensor::Tensor::from_i32({1, length}, mask)};
}

}  // namespace neural::text
