// Many damped sines at once: the free ringing of a struck body.
//
// Each mode is a complex one-pole z <- r e^{iw} z + gain * force, heard as Im z, so a unit impulse
// answers with r^n sin(w n): it starts from zero and never before the blow. Modes are kept in
// groups of eight side by side so that the compiler turns a step into a few vector operations.
#pragma once

#include <vector>

namespace sound {

// One resonance. `decay_per_s` is the amplitude's rate: e^{-decay t}; T60 = 6.91 / decay.
struct Mode {
    double frequency_hz = 0;
    double decay_per_s = 0;
    double gain = 0;
};

inline double t60_s(const Mode& mode) { return 6.9078 / mode.decay_per_s; }

class ResonatorBank {
public:
    ResonatorBank() = default;
    // Modes outside 15 Hz .. 21 kHz are left out: inaudible, or beyond the sample rate.
    explicit ResonatorBank(const std::vector<Mode>& modes);

    // Adds `count` samples to `out`; `force` may be null (free ringing).
    void run(const float* force, float* out, int count);
    // Upper bound of |output| from now on without force.
    float envelope() const;
    bool empty() const { return groups_.empty(); }

private:
    static constexpr int kLanes = 8;
    struct Group {
        alignas(32) float re[kLanes], im[kLanes], cosine[kLanes], sine[kLanes], gain[kLanes];
    };
    std::vector<Group> groups_;
};

}  // namespace sound
