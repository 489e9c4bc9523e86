// Any bytes as an MP4: the payload reader answers, and what it accepts is text of a sane size.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/text/text.h"
#include "media/payload.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto payload = media::payload_of_bytes(bytes, "fuzz.mp4");
    if (payload.ok() && (payload->size() > size || !base::is_valid_utf8(*payload))) std::abort();
    // Whatever is put in comes out.
    if (const auto box = media::payload_box(bytes); box.ok() && base::is_valid_utf8(bytes)) {
        const std::string film = std::string(
                                     "\0\0\0\x08"
                                     "ftyp",
                                     8) +
                                 *box;
        const auto back = media::payload_of_bytes(film, "fuzz.mp4");
        if (!back.ok() || *back != bytes) std::abort();
    }
    return 0;
}
