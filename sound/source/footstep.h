// A step: heel, then ball of the foot, on whatever the floor is, in whatever the shoe is.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "sound/source/source.h"

namespace sound {

struct StepSpec {
    std::string_view floor;  // material
    std::string_view shoe;   // material of the sole: "rubber", "leather", "skin", "steel" (skates)
    double impulse_Ns = 8;   // walking ~ 8, running ~ 25; 0 = walking
    uint64_t seed = 1;
    double pitch = 1, decay_stretch = 1;
};

double step_amplitude(const StepSpec& spec);
std::unique_ptr<Source> make_footstep(const StepSpec& spec);

}  // namespace sound
