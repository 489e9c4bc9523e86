// The modes that one blow wakes in a body: frequencies by mode_formulas, decay by matter and hold,
// gains by where it was struck.
#pragma once

#include <cstdint>
#include <vector>

#include "sound/modes/resonator_bank.h"
#include "sound/modes/ring_body.h"

namespace sound {

struct Blow {
    uint64_t body_seed = 1;    // same body, same doublets and mistuning
    uint64_t strike_seed = 1;  // another place on it each time
    double pitch = 1;          // Doppler, slow motion
    double decay_stretch = 1;  // slow motion: > 1 rings longer
};

// Sorted by frequency; empty for forms without modes (String, Liquid). Gains sum to about 1 in
// energy before the blow's own low-pass.
std::vector<Mode> body_modes(const RingBody& body, const Blow& blow);

// How readily the form as such sounds, against its partner in a contact (1 = bell).
double form_weight(RingClass form);

}  // namespace sound
