// The force between two bodies during a blow: how long it lasts and its sampled shape.
#pragma once

#include <vector>

#include "sound/modes/ring_body.h"

namespace sound {

// Hertz contact time of two elastic bodies, s: 2.87 (m^2 / (R E*^2 v))^(1/5). K. L. Johnson,
// "Contact Mechanics", eq. 11.24. Clamped to 20 us .. 8 ms: longer contacts would put the
// sound behind its picture.
double contact_time_s(const RingBody& a, const RingBody& b, double closing_speed_mps);

// Half sine of `duration_s` whose samples sum to 1; at least one sample.
std::vector<float> force_pulse(double duration_s);

// Energy that the blow puts into sound and deformation, J. Fills in what the event lacks.
double blow_energy_J(const RingBody& a, const RingBody& b, double impulse_Ns,
                     double closing_speed_mps);

}  // namespace sound
