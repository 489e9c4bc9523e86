// Which pieces of a film are done: JSON "aozora-checkpoint/1".
#pragma once

#include <string>
#include <vector>

#include "base/core/result.h"

namespace studio {

struct DonePart {
    std::string name;
    int64_t frames = 0;
    std::string frame_hash;  // media::StreamHash::save() after it
};

struct DoneParts {
    std::string film;  // names the film that they are pieces of
    std::vector<DonePart> parts;

    int64_t frames() const {
        int64_t sum = 0;
        for (const DonePart& part : parts) sum += part.frames;
        return sum;
    }
};

std::string checkpoint_json(const DoneParts& done);
// Of a neural film: its parts are named by the model and say themselves what they belong to.
std::string neural_checkpoint_json();
// Those that lie in `folder`, whole, as far as there is no gap, of this film and no other; empty
// for a text that is none. Any text is safe.
DoneParts read_checkpoint(const std::string& json, const std::string& film,
                          const std::string& folder);

}  // namespace studio
