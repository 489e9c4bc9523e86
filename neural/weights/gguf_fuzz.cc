// Any bytes as a GGUF file: an answer or a located error, and every tensor and remark that is
// offered can be read to its end.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "neural/weights/damage.h"
#include "neural/weights/gguf.h"
#include "neural/weights/scaled.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    auto bytes = std::make_shared<std::string>("GGUF\x03");
    bytes->append(3, '\0');
    bytes->append(reinterpret_cast<const char*>(data), size);
    const std::shared_ptr<const std::byte> view(bytes,
                                                reinterpret_cast<const std::byte*>(bytes->data()));
    const auto parsed = neural::parse_gguf(view, bytes->size(), "fuzz");
    if (!parsed.ok()) {
        if (parsed.error().where.empty()) std::abort();
        return 0;
    }
    for (const std::string& key : (*parsed)->metadata_keys()) (*parsed)->metadata(key);
    const auto source = neural::with_scales(*parsed);
    if (source.ok() && !neural::find_damage(**source).ok()) std::abort();
    return 0;
}
