// Frames and sound in, an MP4 out: H.264 High (x264) + AAC-LC, faststart, exact A/V start by edit
// list, bt709 tagged, atomic (temporary file beside the target, fsync, rename).
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/core/result.h"
#include "base/signal/source.h"

namespace media {

struct ClipOptions {
    int crf = 18;
    std::string preset = "medium";  // x264
    // x264's quantiser of the very first picture, 1 (best) to 51; 0 = as `crf` gives it.
    int first_quantiser = 0;
    // Kept for callers; the encoder always runs the same two threads beside its sources', because
    // x264's output depends on their number and a film must not depend on the machine.
    int threads = 0;
    std::string title, comment;
    std::string payload_json;  // kept in a uuid box; read back by read_payload()
    bool overwrite = false;
};

struct ClipInfo {
    int64_t frame_count = 0;
    int64_t sample_count = 0;
    uint64_t frame_hash = 0;   // over all pictures before encoding, in order
    uint64_t sample_hash = 0;  // over all samples before encoding
    int64_t bytes = 0;
};

// Called after every frame from the encoding thread.
struct ClipProgress {
    int64_t frames_done = 0, frames_total = -1;
    const base::Image8* last_frame = nullptr;
};

base::Result<ClipInfo> encode_clip(base::FrameSource& frames, base::AudioSource& audio,
                                   const std::string& path, const ClipOptions& options,
                                   const std::function<void(const ClipProgress&)>& progress = {},
                                   const base::CancelToken* cancel = nullptr);

// The payload of an mp4 of ours; an Error that says so for any other file.
base::Result<std::string> read_payload(const std::string& path);

}  // namespace media
