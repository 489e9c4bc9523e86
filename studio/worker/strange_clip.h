// What can be done with a clip that carries no world: its pictures stay as they are, and a world of
// ours goes on from its last one, or takes its place.
#pragma once

#include "studio/worker/clips.h"
#include "studio/worker/world_film.h"

namespace studio {

// Pictures first .. end-1 of the clip, then `seconds` of a film that the words tell.
base::Result<Made> go_on_from_clip(Workplace& place, const SafeClip& clip, int64_t first,
                                   int64_t end, const std::string& prompt, double seconds);
// Pictures first .. end-1 with their sound, nothing else.
base::Result<Made> cut_clip(Workplace& place, const SafeClip& clip, int64_t first, int64_t end);
// A film that the words tell, as long and as large as the clip, in its main colour, from its first
// picture.
base::Result<Made> film_like_clip(Workplace& place, const SafeClip& clip,
                                  const std::string& prompt);

}  // namespace studio
