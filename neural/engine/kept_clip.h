// What is kept of a clip while it is made: FOLDER/clip-003.safetensors, the latents after a step of
// its denoising, replaced after the next. One thread at a time.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "neural/engine/model.h"
#include "tensor/core/tensor.h"

namespace neural {

// Names everything that decides a film: the plan with its first picture and keyframes (not the
// streams of FilmPlan), `identity` of the model, the instruction-set level, the number of threads
// and what products are computed in. Films of one name have the same values.
std::string film_name(const FilmPlan& plan, const std::string& identity);

// Names, sizes and times of change of a file, or of all files in a folder. Errors: not there.
base::Result<std::string> files_identity(const std::string& path);

class KeptClip {
public:
    struct State {
        int stage = 0;                        // of a model that makes a clip in several
        int64_t step = 0;                     // steps done in it
        bool done = false;                    // the tensors are the finished latents
        std::vector<tensor::Tensor> tensors;  // f32

        // The tensors are those shapes.
        bool holds(std::initializer_list<tensor::Shape> shapes) const;
    };

    KeptClip() = default;  // keeps nothing, has nothing
    KeptClip(FilmKeep keep, std::string film, int clip);

    // The newest state of this clip of this film. None where there is no file, or one of another
    // film, or one that is damaged (its values have a SHA-256): any file is safe.
    std::optional<State> load() const;

    // A state that is not done is passed over when the last one is younger than FilmKeep::every_s.
    // A folder that cannot be written is a warning and no reason to stop.
    void save(const State& state);

private:
    FilmKeep keep_;
    std::string film_, file_;
    std::chrono::steady_clock::time_point last_{};
};

}  // namespace neural
