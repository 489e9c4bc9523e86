// A spoken line in the shot.
#pragma once

#include "sound/hear.h"
#include "sound/source/source.h"

namespace sound {

// Dialogue carries further than noise (r^-0.35) and stays near the middle, as films mix it.
PlacedSource make_line(const VoiceClip& clip);

}  // namespace sound
