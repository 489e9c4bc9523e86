// Any bytes become ASCII that flite may be given.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/core/check.h"
#include "sound/voice/speech_text.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const sound::SpeechText text =
        sound::speech_text(std::string_view(reinterpret_cast<const char*>(data), size));
    CHECK(text.text.size() <= sound::kLongestLine, "longer than a line may be");
    for (const char c : text.text) CHECK(c >= 0x20 && c < 0x7F, "not printable ASCII");
    return 0;
}
