// From the parameters of a request to queued videos: what create, remix, edit, extend, loop, blend,
// re-cut and the lines of a batch share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/server/core/app.h"
#include "apps/server/core/fields.h"

namespace server {

struct ModelChoice {
    std::string asked;    // as the client named it: echoed
    std::string model;    // "world-1"
    std::string engine;   // "world"
    std::string quality;  // of the alias, "" = standard
};
// Takes `model`; the default where it is absent.
Answer<ModelChoice> take_model(const App& app, Fields& fields);
// Every id that `model` may be, for /v1/models and messages.
std::vector<std::string> model_ids(const App& app);

struct FilmSize {
    int width_px = 0, height_px = 0;
    std::string text() const { return std::to_string(width_px) + "x" + std::to_string(height_px); }
};
Answer<FilmSize> take_size(const App& app, Fields& fields, const ModelChoice& model);
// "4" or 4; the text is how it is echoed.
struct Seconds {
    double value = 0;
    std::string text;
};
Answer<Seconds> take_seconds(const App& app, Fields& fields, double by_default);
std::string seconds_text(double seconds);

// `seconds` is "auto": every shot lasts as long as the model thinks.
bool asks_own_length(const App& app, Fields& fields);
// A model thinks of 1 to 20 s a shot (neural/ltx/text/duration_head.h).
constexpr double kLeastOwn_s = 1, kMostOwn_s = 20;
// What is echoed as "auto" and counts as `most_seconds`, which the worker holds the film to.
Answer<Seconds> own_length(const ModelChoice& model, double most_seconds);

// style, quality, seed, fps into the payload; ours beyond OpenAI's.
std::optional<ApiError> take_look(Fields& fields, const ModelChoice& model, base::Json& payload);

// steps, negative_prompt, loras, control, decoder, keyframes, reference and sound into payload and
// inputs: what a model of the neural engine listens to. An error where another engine makes the
// film.
// `film_seconds`: the film's length, 0 = not known. Called when the first picture has been taken.
std::optional<ApiError> take_neural(App& app, Fields& fields, const Caller& caller,
                                    const ModelChoice& model, double film_seconds, NewVideo& video);

// `video`: {id} of a finished video of this project, or an uploaded clip.
struct SourceClip {
    store::Blob blob;
    std::optional<VideoRow> video;  // set when it was an id
};
Answer<SourceClip> take_clip(App& app, Fields& fields, const Caller& caller,
                             const std::string& name);
Answer<SourceClip> clip_of_video(App& app, const Caller& caller, const std::string& id);

// `characters`: [{id}], at most two, named in the prompt.
Answer<base::Json> take_characters(App& app, Fields& fields, const Caller& caller,
                                   const std::string& prompt);

// A fresh film from the fields of POST /v1/videos; several with `variations`.
Answer<std::vector<NewVideo>> read_create(App& app, Fields& fields, const Caller& caller);

// Moderation, limits, disk, idempotency and the commit. Gives the ids that now exist (earlier ones
// where the Idempotency-Key was seen before).
struct Submission {
    std::vector<NewVideo> videos;
    std::vector<std::string> inputs_sha256;  // for the blocklist
    std::string idempotency_key, request_hash;
};
Answer<std::vector<std::string>> submit(App& app, const Caller& caller, Submission submission);
// The key of the header and a hash of what was asked.
std::optional<ApiError> read_idempotency(const http::Request& request, Submission& submission);

// The answer to a submission: the first video; the others' ids in x-aozora-variations.
http::Response answer_videos(App& app, const std::vector<std::string>& ids);

}  // namespace server
