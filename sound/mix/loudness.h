// Loudness of a whole film: EBU R128 integrated loudness to a target, true-peak limited.
// Pass 1 measures while samples are spooled to a temporary file; pass 2 plays them back with the
// gain and a look-ahead limiter. Memory does not grow with the film.
#pragma once

#include <memory>

#include "base/core/result.h"
#include "base/signal/source.h"

namespace sound {

struct LoudnessTarget {
    double integrated_lufs = -16;
    double true_peak_db = -1;
    double max_gain_db = 28;  // for films with nothing but background; silence stays so
};

class LoudnessSpool {
public:
    static base::Result<std::unique_ptr<LoudnessSpool>> create(const LoudnessTarget& target = {});
    virtual ~LoudnessSpool() = default;
    virtual base::Status add(const base::AudioBlock& block) = 0;
    // No more add() afterwards. Exactly the samples that were added, in blocks of 1024.
    virtual base::Result<std::unique_ptr<base::AudioSource>> play() = 0;
    virtual double measured_lufs() const = 0;
};

}  // namespace sound
