// One film from words to file: what `aozora make`, `remix`, `extend` and a worker do.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/core/result.h"
#include "media/clip.h"
#include "script/shots/shot_list.h"
#include "studio/director/take.h"

namespace studio {

struct FilmRequest {
    script::ShotList shots;
    script::Report report;  // of the writer; the director's is added to it
    std::string output_path;
    bool overwrite = false;
    std::string record_path;  // "" = none
    std::string shots_path;
    std::string state_path;
    std::string continue_path;
    std::string passes_dir;
    render::Quality quality = render::Quality::Standard;
    int threads = 0;
};

struct FilmResult {
    media::ClipInfo clip;
    script::Report report;
    double loudness_lufs = 0;
};

// Rendering: after every frame that is encoded, with its picture (valid during the call).
using FilmProgress = std::function<void(const Progress&, const base::Image8* picture)>;

// Nothing half-written remains on failure or cancel.
base::Result<FilmResult> make_film(const FilmRequest& request, const FilmProgress& progress,
                                   const base::CancelToken* cancel);

// Shot list, report and end state inside an mp4 of ours.
struct FilmPayload {
    script::ShotList shots;
    std::string state_json;
};
base::Result<FilmPayload> read_film(const std::string& path);

}  // namespace studio
