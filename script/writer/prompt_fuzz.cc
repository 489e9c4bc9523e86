// libFuzzer: any bytes as a prompt. Never a crash, and what comes out can be filmed.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/core/check.h"
#include "base/text/text.h"
#include "script/shots/validate.h"
#include "script/writer/remix.h"
#include "script/writer/write.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size > 4096) return 0;
    const std::string_view prompt(reinterpret_cast<const char*>(data), size);
    const auto written = script::write_shot_list(prompt);
    const bool sayable = base::is_valid_utf8(prompt) && !base::trim(prompt).empty();
    CHECK(written.ok() == sayable, "a film comes out of every prompt that says anything");
    if (!written.ok()) return 0;
    const auto problems = script::validate(written->shots);
    CHECK(problems.empty(), problems.empty() ? "" : problems.front().text());
    const auto remixed = script::remix_shot_list(written->shots, prompt);
    CHECK(remixed.ok(), "a remix of a film with its own prompt");
    const auto longer = script::extend_shot_list(written->shots, prompt, 2.0);
    CHECK(longer.ok() && longer->shots.shots.size() > written->shots.shots.size(),
          "an extension is longer");
    return 0;
}
