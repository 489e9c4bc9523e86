#include "studio/neural/own_length.h"

#include <cstdio>

#include "studio/neural/prompt.h"

namespace studio {

base::Status set_own_lengths(neural::Model& model, script::ShotList& list, size_t first_shot,
                             const base::CancelToken* cancel) {
    const std::vector<std::string> prompts = neural_prompts(list);
    for (size_t i = first_shot; i < list.shots.size(); ++i)
        list.shots[i].seconds = TRY(model.seconds_of(prompts[i], list.fps, cancel));
    return {};
}

std::string own_length_words(double seconds) {
    char text[64];
    std::snprintf(text, sizeof text, "%.4g s, the model's own length", seconds);
    return text;
}

}  // namespace studio
