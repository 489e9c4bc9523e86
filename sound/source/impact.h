// One blow between two bodies, both of which sound.
//
//   force pulse (Hertz) --+--> modes of body a   (ring)
//                         +--> modes of body b   (ring; a floor is a body too)
//                         +--> click: the air pushed by bodies that suddenly turn round
//   noise of the surfaces giving way ------------> grit
//
// The click is "acceleration noise": small hard balls have no audible modes, their clack is this
// (Koss & Alfredson 1973, J. Sound Vib. 27, 59; Chadwick, Zheng & James 2012, SIGGRAPH): a damped
// oscillation at c/(2 pi radius) driven by the force.
#pragma once

#include <cstdint>
#include <memory>

#include "sound/modes/ring_body.h"
#include "sound/source/source.h"

namespace sound {

struct BlowSpec {
    RingBody a, b;
    double impulse_Ns = 0;
    double closing_speed_mps = 0;
    double duration_s = 0;  // contact; 0 = by Hertz
    uint64_t body_seed_a = 1, body_seed_b = 2, strike_seed = 3;
    double pitch = 1;  // Doppler and slow motion
    double decay_stretch = 1;
    int most_modes = 40;  // of each body; fewer in crowds
};

// Peak amplitude at 1 m that the blow will have. Grows as energy^0.3: 60 dB of energy are 36 dB of
// level, as a film mixer would ride them.
double blow_amplitude(const BlowSpec& blow);

std::unique_ptr<Source> make_impact(const BlowSpec& blow);

}  // namespace sound
