// Lasting contact as sound needs it: load, slip and rolling speed, averaged over 1/120 s.
#pragma once

#include <vector>

#include "world/step/dynamics.h"

namespace world::step {

class SlideLog {
public:
    // Call once a step, after the contacts are solved.
    void sample(const Dynamics& d, int frame_steps);
    std::vector<SlideSample> take();

private:
    std::vector<SlideSample> out_;
};

}  // namespace world::step
