// The built-in writer: a prompt becomes a shot list and an honest report, without any model.
//
// Way: tokens (script/prompt/token) -> clauses (script/prompt/clause) -> a story of things and
// happenings -> shots (writer/story, writer/stage, writer/report). Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/core/result.h"
#include "script/shots/shot_list.h"

namespace script {

struct WriteOptions {
    std::optional<double> seconds;  // of the whole film; unset = from the text, else 5 (a shot 4.5)
    int width_px = 1280;
    int height_px = 720;
    double fps = 24;
    uint64_t seed = 1;
    std::optional<Style> style;  // overrides what the text says
};

struct Written {
    ShotList shots;
    Report report;
};

// A film always comes out of a prompt that has something in it. Errors (usage_error): an empty or
// blank prompt, text that is not UTF-8, seconds that are not above 0.
// Lengths: round(sum of shots * fps) = round(seconds * fps); each shot is a whole number of frames
// unless `seconds` is shorter than that allows. At most kMaxShots shots; what is over is left out.
base::Result<Written> write_shot_list(std::string_view prompt, const WriteOptions& options = {});

constexpr int kMaxShots = 40;
constexpr int kMaxCast = 48;     // cast entries
constexpr int kMaxBodies = 200;  // bodies in one cast entry
constexpr int kMaxBodiesInAll = 480;

}  // namespace script
