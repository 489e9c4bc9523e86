#include "script/writer/write.h"

#include <algorithm>
#include <cmath>

#include "base/text/text.h"
#include "script/writer/compose.h"
#include "script/writer/dump.h"
#include "script/writer/report.h"

namespace script {

base::Result<Written> write_shot_list(std::string_view prompt, const WriteOptions& options) {
    if (!base::is_valid_utf8(prompt)) {
        return base::usage_error("the prompt is not valid UTF-8; save or send it as UTF-8",
                                 "prompt");
    }
    if (base::trim(prompt).empty()) {
        return base::usage_error(
            "the prompt is empty; say what should happen, for example "
            "\"A steel ball is dropped onto a concrete floor\"",
            "prompt");
    }
    if (options.seconds && !(*options.seconds > 0 && std::isfinite(*options.seconds))) {
        return base::usage_error("the length must be above 0 seconds", "seconds");
    }
    if (!(options.fps > 0)) return base::usage_error("the frame rate must be above 0", "fps");
    Composed composed = compose(prompt, options);
    Written written;
    written.report =
        report_words(prompt, composed.read_bytes, std::move(composed.replaced),
                     [&](const std::string& text) { return dump(compose(text, options).list); });
    written.shots = std::move(composed.list);
    return written;
}

}  // namespace script
