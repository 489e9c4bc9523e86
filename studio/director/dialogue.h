// Dialogue before the take: lines become speech, speech gets its times in the shot.
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"
#include "script/shots/shot_list.h"
#include "sound/voice/speak.h"
#include "studio/director/staging/stage.h"

namespace studio {

struct Spoken {
    SpokenLine line;
    sound::Speech speech;
    std::string text;
};

// Lines without a time follow one another with a breath between them.
base::Result<std::vector<Spoken>> speak_lines(const script::ShotList& list, int shot_index);

}  // namespace studio
