// A film out of clips: shots, and pieces of shots that are longer than what a model makes in one
// go. What every family shares; a family only makes one clip.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "neural/engine/kept_clip.h"
#include "neural/engine/model.h"
#include "tensor/core/tensor.h"

namespace neural {

// One clip to make: `frames` pictures of the film from `first_frame` on.
struct Segment {
    int index = 0, count = 1;
    std::string prompt;
    int64_t first_frame = 0, frames = 0;
    uint64_t seed = 1;                                  // differs per segment
    std::shared_ptr<const base::Image8> first_picture;  // the clip begins with it; nullptr = free
    double first_strength = 1;                          // of it, as of the keys below
    std::shared_ptr<KeptClip> kept = std::make_shared<KeptClip>();  // an earlier try at this clip
    struct Key {
        int64_t frame = 0;  // of this clip, >= 1
        std::shared_ptr<const base::Image8> picture;
        double strength = 1;  // above 0, to 1 = shown exactly
    };
    std::vector<Key> keys;
    // The next picture of FilmPlan::reference, `frames` of them; nullopt where they end before.
    // Empty: there are none.
    std::function<base::Result<std::optional<base::Image8>>()> reference;
    // Of FilmPlan::sound what belongs to this clip: interleaved stereo, 48 kHz. Empty: none is
    // given, or it has ended.
    std::vector<float> sound;
};

// The pictures of one clip in order, at the film's size and rate.
class Pictures {
public:
    virtual ~Pictures() = default;
    virtual base::Result<base::Image8> next() = 0;  // called `frames` times
};

struct Clip {
    std::unique_ptr<Pictures> pictures;
    std::vector<float> sound;  // interleaved stereo, 48 kHz; shorter than the clip = silence after
                               // it. Not looked at where the segment had one
};

struct Abilities {
    bool sound = false;
    bool first_picture = false;  // Segment::first_picture is honoured
    bool keyframes = false;
    bool negative_prompt = false;
    std::string no_reference;  // why Segment::reference is not; "" = it is
    std::string no_sound;      // why Segment::sound is not
};

class SegmentMaker {
public:
    virtual ~SegmentMaker() = default;
    virtual int64_t most_frames() const = 0;  // of one clip at the film's rate, >= 1
    virtual Abilities abilities() const = 0;
    // Whatever decides the clip beside the plan: the model's name and which files it is.
    virtual std::string identity() const = 0;
    // `tell(stage, step, steps)` between steps.
    using Tell = std::function<void(const char* stage, int step, int steps)>;
    virtual base::Result<Clip> make(const Segment& segment, const Tell& tell,
                                    const base::CancelToken* cancel) = 0;
};

// The cuts of a plan: shots in pieces of about equal length, none longer than `most_frames`. First
// frames and lengths add up to round(seconds * fps) of the whole film without a gap.
struct Cut {
    int64_t first_frame = 0, frames = 0;
    int shot = 0;
    bool continues = false;  // from the picture before
};
std::vector<Cut> cut_plan(const FilmPlan& plan, int64_t most_frames);

// Errors (Usage): Model::film().
base::Result<std::unique_ptr<Film>> make_film_of_segments(std::shared_ptr<SegmentMaker> maker,
                                                          const FilmPlan& plan,
                                                          const FilmCallbacks& callbacks);

}  // namespace neural
