// Screenplay -> shot list. A shot begins at a scene heading, after a transition ("CUT TO:": the
// same world goes on) and at a [[camera: ...]] note that stands after something has happened.
// Action is read by the prompt writer, headings give set and time of day, speeches become dialogue,
// notes are hints (hints.h), the title page may set Title, Style, Size, FPS and Seed.
#pragma once

#include <functional>
#include <string_view>

#include "base/core/result.h"
#include "script/writer/write.h"

namespace script {

using PromptWriter =
    std::function<base::Result<Written>(std::string_view prompt, const WriteOptions& options)>;

// `options` that differ from WriteOptions{} go before the title page. `options.seconds` stretches
// all shots alike.
// Errors (Usage, `NAME:line:column`): a screenplay in which nothing happens and nobody speaks,
// text that is not UTF-8, more shots or a longer film than a shot list may have.
base::Result<Written> shot_list_from_screenplay(std::string_view fountain, std::string_view name,
                                                const WriteOptions& options,
                                                const PromptWriter& write);

// The same with the built-in writer.
base::Result<Written> shot_list_from_screenplay(std::string_view fountain, std::string_view name,
                                                const WriteOptions& options = {});

}  // namespace script
