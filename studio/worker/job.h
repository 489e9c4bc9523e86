// The work order of a film, JSON "aozora-job/1" (docs/formats/job.md).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/json/json.h"

namespace studio {

enum class Task { Create, Remix, Edit, Extend, Loop, Blend, Recut, Character };
const char* task_name(Task task);

struct StoryboardEntry {
    double seconds = 0;  // > 0
    std::string prompt;
};

struct JobLora {
    std::string name;     // one that is installed where the worker is (neural/catalogue/loras.h)
    double strength = 1;  // -10 to 10
};

struct JobKeyframe {
    double seconds = 0;   // of the finished film, 0 or more
    std::string image;    // name of an input
    double strength = 1;  // above 0, to 1
};

struct JobCharacter {
    std::string id, name;
    base::Json traits = base::Json::object();  // "aozora-traits/1"
};

// Empty strings and zeros mean "not given".
struct FilmJob {
    Task task = Task::Create;
    std::string prompt;
    std::vector<StoryboardEntry> storyboard;
    std::string engine = "world", model, quality = "standard", style;
    int width_px = 0, height_px = 0;
    double fps = 0, seconds = 0;
    uint64_t seed = 0;
    double strength = 0.5;                // [0, 1]
    std::string image, source, source_b;  // names of inputs
    double start_s = 0, end_s = 0;
    std::vector<JobCharacter> characters;
    double most_seconds = 120;
    // Of the neural engine.
    int steps = 0;  // 0 to 1000
    std::string negative_prompt;
    std::vector<JobLora> loras;
    std::vector<std::string> control;    // see parse_control()
    std::vector<JobKeyframe> keyframes;  // at most 16
    std::string reference;  // name of an input, a picture or a clip; not with a pass in `control`
    std::string sound;      // name of an input, a sound or a clip: what is made new sounds like it
    std::string decoder;    // "conv", "diffusion"
    // Create and extend: what is made new lasts as long as the model thinks, and at most `seconds`.
    bool own_length = false;
};

// Strict: an unknown member, a wrong type or a value out of its range is an Error (Usage) whose
// `where` is the JSON pointer.
base::Result<FilmJob> parse_job(const base::Json& json);
base::Json to_json(const FilmJob& job);

}  // namespace studio
