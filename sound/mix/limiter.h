// Look-ahead limiter, both channels together, driven by a given true-peak envelope.
//
//   need = 20 log10(peak / ceiling) dB, if > 0
//   fast part: jumps to need, holds 5 ms (half a wave of a low thump), falls back within ~10 ms
//                                                           -> short blows leave no hole behind
//   slow part: follows need with 80 ms / 400 ms             -> steady loudness is not flattened
//   gain   = sliding maximum of both over the look-ahead, then a moving average of equal length:
//            the gain is all there when the peak arrives and never overshoots the ceiling
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace sound {

class Limiter {
public:
    static constexpr int kLookAhead = 96;  // 2 ms at 48 kHz; also the delay
    Limiter(double gain_db, double ceiling_db);

    // One pair in, the pair kLookAhead calls earlier out, amplified and limited in place.
    // `peak` is the true peak of this pair before any gain.
    void process(float& left, float& right, float peak);
    // Largest reduction so far, dB.
    double deepest_db() const { return deepest_db_; }

private:
    float gain_, ceiling_;
    float fast_db_ = 0, slow_db_ = 0;
    int held_ = 0;
    double deepest_db_ = 0;
    int64_t clock_ = 0;
    // Monotone queue of (clock, reduction): front is the maximum of the window.
    std::vector<std::pair<int64_t, float>> window_;
    size_t front_ = 0;
    std::vector<float> smooth_;  // ring of gains for the moving average
    double smooth_sum_ = 0;
    std::vector<float> delay_;  // [kLookAhead, 2]
};

}  // namespace sound
