#include "sound/modes/resonator_bank.h"

#include <cmath>

#include "sound/dsp/biquad.h"

namespace sound {
namespace {

typedef float Lanes __attribute__((vector_size(32)));

float sum(const Lanes& v) {
    return ((v[0] + v[4]) + (v[1] + v[5])) + ((v[2] + v[6]) + (v[3] + v[7]));
}

}  // namespace

ResonatorBank::ResonatorBank(const std::vector<Mode>& modes) {
    int lane = kLanes;
    for (const Mode& mode : modes) {
        if (!(mode.frequency_hz > 15 && mode.frequency_hz < 21000) || mode.gain == 0) continue;
        if (lane == kLanes) {
            groups_.push_back({});
            lane = 0;
        }
        Group& group = groups_.back();
        const double w = 2 * base::kPi * mode.frequency_hz / kRateHz;
        const double r = std::exp(-mode.decay_per_s / kRateHz);
        group.cosine[lane] = static_cast<float>(r * std::cos(w));
        group.sine[lane] = static_cast<float>(r * std::sin(w));
        group.gain[lane] = static_cast<float>(mode.gain);
        ++lane;
    }
}

void ResonatorBank::run(const float* force, float* out, int count) {
    for (Group& group : groups_) {
        Lanes re, im, c, s, g;
        __builtin_memcpy(&re, group.re, sizeof re);
        __builtin_memcpy(&im, group.im, sizeof im);
        __builtin_memcpy(&c, group.cosine, sizeof c);
        __builtin_memcpy(&s, group.sine, sizeof s);
        __builtin_memcpy(&g, group.gain, sizeof g);
        // Denormals would cost a hundredfold; the constant is 200 dB below full scale.
        const Lanes quiet = Lanes{} + 1e-20f;
        if (force) {
            for (int i = 0; i < count; ++i) {
                const Lanes next = c * re - s * im + g * force[i] + quiet;
                im = s * re + c * im;
                re = next;
                out[i] += sum(im);
            }
        } else {
            for (int i = 0; i < count; ++i) {
                const Lanes next = c * re - s * im + quiet;
                im = s * re + c * im;
                re = next;
                out[i] += sum(im);
            }
        }
        __builtin_memcpy(group.re, &re, sizeof re);
        __builtin_memcpy(group.im, &im, sizeof im);
    }
}

float ResonatorBank::envelope() const {
    float total = 0;
    for (const Group& group : groups_)
        for (int lane = 0; lane < kLanes; ++lane)
            total += std::sqrt(group.re[lane] * group.re[lane] + group.im[lane] * group.im[lane]);
    return total;
}

}  // namespace sound
