// Changing a film and going on with it, on its shot list. The same rules as write.h.
#pragma once

#include <optional>
#include <string_view>

#include "base/core/result.h"
#include "script/shots/shot_list.h"
#include "script/writer/write.h"

namespace script {

// "make the ball blue", "at night", "slower", "in anime style", "add a dog", "remove the cat",
// "two of them", "from 3 metres", "close-up": only what is asked changes; the seed, the ids and
// everything else stay; a shot that shows something else now loses Shot::description. A prompt that
// tells a whole new story ("a cat jumps onto a table") gives that story with the size, rate, seed
// and style of `base`.
base::Result<Written> remix_shot_list(const ShotList& base, std::string_view prompt);

// One or more shots that go on where `base` ends (continues = true unless the prompt changes the
// place). `seconds`: length of what is added; unset = from the text, else 5. The result is the
// whole film: the old shots followed by the new ones.
base::Result<Written> extend_shot_list(const ShotList& base, std::string_view prompt,
                                       std::optional<double> seconds = {});

}  // namespace script
