#include "base/text/text.h"
#include "neural/text/tokenizer.h"

namespace neural {
namespace {

class Bytes final : public Tokenizer {
public:
    base::Result<std::vector<int32_t>> encode(std::string_view text) const override {
        if (!base::is_valid_utf8(text)) return base::usage_error("the text is not UTF-8");
        std::vector<int32_t> ids;
        for (const char c : text) ids.push_back(static_cast<uint8_t>(c));
        return ids;
    }
    int64_t vocabulary_size() const override { return 259; }
    int32_t id_of(std::string_view token) const override {
        if (token == "<pad>") return 256;
        if (token == "<bos>") return 257;
        if (token == "<eos>") return 258;
        return -1;
    }
};

}  // namespace

std::shared_ptr<const Tokenizer> byte_tokenizer() { return std::make_shared<Bytes>(); }

}  // namespace neural
