// A body that breaks: the crack, and its pieces ringing as they part. What the pieces do later
// comes as contacts of their own.
#pragma once

#include <cstdint>
#include <memory>

#include "sound/modes/ring_body.h"
#include "sound/source/source.h"

namespace sound {

struct ShatterSpec {
    RingBody body;
    int pieces = 0;  // 0 = by size
    double impulse_Ns = 1;
    double speed_mps = 2;
    uint64_t seed = 1;
    double pitch = 1, decay_stretch = 1;
};

double shatter_amplitude(const ShatterSpec& spec);
std::unique_ptr<Source> make_shatter(const ShatterSpec& spec);

}  // namespace sound
