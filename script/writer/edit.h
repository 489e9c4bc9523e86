// One wish about a film that exists, applied to its shot list (remix.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "script/shots/shot_list.h"

namespace script {

struct Edited {
    ShotList list;
    std::vector<Replaced> replaced;
    bool changed = false;
};

// Does the text tell what happens (a new story) rather than what to change?
bool tells_story(std::string_view prompt);
Edited edit(const ShotList& base, std::string_view prompt);

}  // namespace script
