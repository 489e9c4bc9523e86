// Any bytes as tokenizer.json, and any text through it, end in a Result.
#include <string_view>

#include "neural/text/tokenizer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const size_t cut = all.rfind('\n');
    const auto tokenizer = neural::parse_tokenizer_json(all.substr(0, cut), "fuzz");
    if (tokenizer.ok() && cut != std::string_view::npos) {
        const auto ids = (*tokenizer)->encode(all.substr(cut + 1));
        if (ids.ok()) {
            for (const int32_t id : *ids) {
                if (id < 0 || id >= (*tokenizer)->vocabulary_size()) __builtin_trap();
            }
        }
    }
    return 0;
}
