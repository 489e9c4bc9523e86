// What lies beside every film: poster, spritesheet, and what the server wants to know of it.
#pragma once

#include "media/clip.h"
#include "studio/worker/workplace.h"

namespace studio {

// Adds "video" (`path`), "thumbnail" and "spritesheet" to `made`, made from the film itself, so
// that they are the same however the film came about.
base::Status add_pictures(Workplace& place, const std::string& path, Made& made);
std::string hash_text(uint64_t hash);  // 16 hex digits
// The record of a film that begins `from_s` later: what was before is left out.
base::Json record_from(const base::Json& record, double from_s);
base::Json result_json(const media::ClipInfo& clip, int width_px, int height_px, double fps,
                       const script::Report& report);

// The outputs of a film that has no world behind it: pictures and sound only.
base::Result<Made> clip_made(Workplace& place, const std::string& video,
                             const media::ClipInfo& clip, int width_px, int height_px, double fps,
                             const script::Report& report);

}  // namespace studio
