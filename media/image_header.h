// What a picture file says about itself, without decoding it: PNG, JPEG, WebP, told apart by
// content. Cheap and safe for a stranger's file; whether the rest is sound only decoding shows.
// Sources: PNG (ISO/IEC 15948) 5.2 and 11.2.2; JPEG (ITU-T T.81) B.2.2; WebP container and
// lossless bitstream specifications, VP8 (RFC 6386) 9.1.
#pragma once

#include <optional>
#include <string_view>

namespace media {

enum class PictureType { Png, Jpeg, Webp };

struct ImageHeader {
    PictureType type;
    int width_px = 0, height_px = 0;  // > 0
};

const char* mime_type(PictureType type);

// `start`: the first bytes of the file, 64 KiB are enough for all but strange JPEGs. nullopt: none
// of the three, or cut off before its size.
std::optional<ImageHeader> read_image_header(std::string_view start);

}  // namespace media
