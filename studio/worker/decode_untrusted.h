// A stranger's file becomes a file of ours: what is decoded here is never decoded by the worker
// itself. Runs in a process of its own (sandbox.h); nothing in here trusts a size or a header.
#pragma once

#include <cstdint>
#include <string>

#include "base/core/result.h"

namespace studio {

enum class Untrusted { Clip, Picture, Sound };
const char* untrusted_name(Untrusted kind);  // "clip", "picture", "sound"
const char* untrusted_code(Untrusted kind);  // of an error: "invalid_video"…

struct DecodeLimits {
    int64_t most_pixels = 4096 * 2304;            // of one picture
    int64_t most_pixels_in_all = 30'000'000'000;  // of all pictures of a clip
    double most_seconds = 300;
};

// Clip -> MP4 of ours: even sides, constant rate (1 to 120), near the original in quality; sound as
// long as the pictures. Picture -> PNG. Sound (also a clip's) -> WAV, 48 kHz stereo in f32, at most
// `most_seconds` of it. Errors (reject): invalid_video, invalid_image, invalid_audio, with what is
// wrong with it.
base::Status decode_untrusted(Untrusted kind, const std::string& from, const std::string& to,
                              const DecodeLimits& limits);

}  // namespace studio
