// The door of the room: a model makes films. Which family it is of, how it is sampled and decoded
// is nobody's business out here.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/signal/image.h"
#include "base/signal/source.h"

namespace neural {

struct ShotPlan {
    std::string prompt;      // one paragraph: look, place, action, camera, speech and sound
    double seconds = 0;      // > 0
    bool continues = false;  // goes on from the last picture of the shot before, where a model can
};

// A picture that the film is to show at a time.
struct Keyframe {
    double seconds = 0;
    std::shared_ptr<const base::Image8> picture;  // RGB, any size
    double strength = 1;                          // above 0, to 1: how exactly it is shown
};

struct FilmPlan {
    std::vector<ShotPlan> shots;  // at least one
    std::string negative_prompt;  // "" = the model's own
    int width_px = 1280, height_px = 720;
    double fps = 24;
    uint64_t seed = 1;
    std::shared_ptr<const base::Image8> first_picture;  // RGB, any size; nullptr = none
    std::vector<Keyframe> keyframes;
    // Where a shot that does not continue another begins: asked for with its first frame, in order.
    // Empty: nothing is given. first_picture comes before it.
    std::function<base::Result<std::shared_ptr<const base::Image8>>(int64_t frame)> first_pictures;
    // Pictures beside the film that the model looks at, one for each of the film's, RGB of one
    // size; pulled as clips are made, by the thread that pulls the film. Where they end before the
    // film does, the rest is made without. nullptr: none.
    std::shared_ptr<base::FrameSource> reference;
    // Sound that the pictures are to follow, and the film's own then; pulled as clips are made.
    // Where it ends before the film does, the rest is silent. nullptr: the model makes the sound.
    std::shared_ptr<base::AudioSource> sound;
    int steps = 0;  // denoising steps; 0 = the model's own number
};

struct FilmProgress {
    std::string stage;        // "loading", "reading", "denoising", "decoding"
    double fraction = 0;      // of the whole film, never falls
    int step = 0, steps = 0;  // of the denoising of this part
    int part = 0,
        parts = 1;  // shots, and pieces of shots that are longer than the model's longest clip
};

// Where a film keeps its work, so that the same film, made anew after this process died, goes on
// from there with the same pictures and the same sound. Kept are the latents of every clip, after a
// step of its denoising and when it is done: at most six latents a clip (docs/neural.md). Nothing
// is kept of a film with a reference, a sound or first pictures: they cannot name it beforehand.
struct FilmKeep {
    std::string
        folder;  // exists; "" = nothing is kept. What another film left in it is passed over
    double every_s = 0;                                 // between two states of one clip, at least
    std::function<void(const std::string& file)> kept;  // a file of the folder was written just now
};

struct FilmCallbacks {
    std::function<void(const FilmProgress&)> progress;  // from the thread that pulls
    const base::CancelToken* cancel = nullptr;  // looked at between blocks; outlives the film
    FilmKeep keep;
};

// What had to be done otherwise than asked.
struct Remark {
    std::string asked, used, why;
};

// Streams of one film: pull both from one thread, in any interleaving. Pictures have the plan's
// size and rate. Memory does not grow with the number of shots.
class Film {
public:
    virtual ~Film() = default;
    virtual base::FrameSource& frames() = 0;
    virtual base::AudioSource& audio() = 0;
    virtual const std::vector<Remark>& remarks() const = 0;
};

class Model {
public:
    virtual ~Model() = default;
    virtual const std::string& id() const = 0;
    // Errors (Usage): what the model cannot do, with what it can; `where` is the plan's member
    // ("keyframes", "reference", "first_pictures", "sound"). Work begins when the film is pulled. A
    // model makes one film at a time.
    virtual base::Result<std::unique_ptr<Film>> film(const FilmPlan& plan,
                                                     const FilmCallbacks& callbacks) = 0;
    // How long the shot would last that `prompt` describes, in whole clips at `fps`. Error (Usage):
    // the model has no idea of length.
    virtual base::Result<double> seconds_of(const std::string& prompt, double fps,
                                            const base::CancelToken* cancel = nullptr);
};

// A LoRA that bends a model while it is open (weights/lora.h).
struct LoraUse {
    enum class Expert : uint8_t { Both, HighNoise, LowNoise };
    std::string path;
    float strength = 1;
    Expert expert = Expert::Both;  // of a model of two transformers (Wan 2.2 A14B)
};

struct OpenOptions {
    std::string folder;         // where models are installed; "" = models_folder()
    uint64_t memory_bytes = 0;  // 0 = what the machine has
    int threads = 0;            // 0 = all cores
    std::vector<LoraUse> loras;
    // Pictures are decoded by denoising (LTX-2.5): sharper, and much slower on a CPU. Usage error
    // at "decoder" where the model has no such decoder.
    bool diffusion_decoder = false;
};

// Ids of the models that can be opened here, sorted; the tiny ones always can.
std::vector<std::string> usable_models(const std::string& folder);

// `id`: "tiny-ltx", "wan2.1-1.3b". Errors: NotFound with what is installed and how to get it; Usage
// at the path of a LoRA that does not fit the model.
base::Result<std::shared_ptr<Model>> open_model(const std::string& id, const OpenOptions& options);

}  // namespace neural
