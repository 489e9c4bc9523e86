// One film from words to file: what `aozora make`, `remix`, `extend` and a worker do.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/core/result.h"
#include "media/clip.h"
#include "script/shots/shot_list.h"
#include "studio/director/take.h"
#include "studio/neural/wishes.h"

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
    std::string image_path;  // PNG, JPEG or WebP to start from; "" = none
    std::string passes_dir;
    render::Quality quality = render::Quality::Standard;
    int threads = 0;
    // Engine "neural": the model's id; "" = the world engine.
    std::string model;
    NeuralWishes neural;
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

// What an mp4 of ours carries in its uuid box, "aozora-film/1".
struct FilmPayload {
    script::ShotList shots;
    std::string state_json;
    int64_t first_frame = 0;  // the film's first picture among those of the list
    std::string frame_hash;   // media::StreamHash::save() after the last picture; "" = not known
};
base::Result<FilmPayload> read_film(const std::string& path);
std::string payload_json(const FilmPayload& film);

// Of frame 0 of a film that starts from a picture: as good as 4:2:0 lets it be
// (docs/decisions/plate.md).
constexpr int kPictureQuantiser = 6;

// How films of this quality are encoded.
media::ClipOptions clip_options(const script::ShotList& shots, render::Quality quality);

// Adds the remarks of `more` to `all`, each once.
void add_remarks(script::Report& all, const script::Report& more);

}  // namespace studio
