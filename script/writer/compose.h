// From a prompt to a shot list, without the report: the part that the report runs again and again
// with words left out.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "script/shots/shot_list.h"
#include "script/writer/write.h"

namespace script {

struct Composed {
    ShotList list;
    std::vector<Replaced> replaced;
    size_t read_bytes = 0;  // of the prompt; a very long one is read only so far
};

// NUL may stand in valid UTF-8 but in no shot list: a space instead.
std::string without_nul(std::string_view text);

Composed compose(std::string_view prompt, const WriteOptions& options);

// A very long prompt is read up to here (whole sentences): a film of kMaxShots shots has no use
// for more, and the report must stay quick.
constexpr size_t kMostWords = 280;

}  // namespace script
