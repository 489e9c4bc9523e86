// The payload of our films: a JSON text (shot list, seed, parents) in a `uuid` box of the MP4
// (ISO/IEC 14496-12, 4.2 and 11.1), after the media data, where players pass over it and where no
// chunk offset depends on it.
#pragma once

#include <string>
#include <string_view>

#include "base/core/result.h"

namespace media {

constexpr int64_t kMaxPayloadBytes = 16 << 20;

// The whole box, ready to append to a finished MP4. An Error when `json` is too long.
base::Result<std::string> payload_box(std::string_view json);
// The payload of an MP4 that lies in memory; `name` is for messages.
base::Result<std::string> payload_of_bytes(std::string_view mp4, const std::string& name);

}  // namespace media
