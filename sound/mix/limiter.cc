#include "sound/mix/limiter.h"

#include <algorithm>
#include <cmath>

#include "sound/dsp/biquad.h"

namespace sound {
namespace {

float fall(double seconds) { return static_cast<float>(std::exp(-1.0 / (seconds * kRateHz))); }
const float kFastFall = fall(0.010), kSlowRise = 1 - fall(0.080), kSlowFall = 1 - fall(0.400);
constexpr int kHold = 240;

}  // namespace

Limiter::Limiter(double gain_db, double ceiling_db)
    : gain_(static_cast<float>(db_to_gain(gain_db))),
      ceiling_(static_cast<float>(db_to_gain(ceiling_db))),
      smooth_(kLookAhead, 1.f),
      smooth_sum_(kLookAhead),
      delay_(2 * kLookAhead, 0.f) {}

void Limiter::process(float& left, float& right, float peak) {
    const float loud = peak * gain_;
    const float need_db = loud > ceiling_ ? 20.f * std::log10(loud / ceiling_) : 0.f;
    if (need_db >= fast_db_) {
        fast_db_ = need_db;
        held_ = 0;
    } else if (++held_ > kHold) {
        fast_db_ = std::max(need_db, fast_db_ * kFastFall);
    }
    if (fast_db_ < 1e-4f) fast_db_ = 0;
    slow_db_ += (need_db > slow_db_ ? kSlowRise : kSlowFall) * (need_db - slow_db_);
    if (slow_db_ < 1e-4f) slow_db_ = 0;
    const float reduce_db = std::max(fast_db_, slow_db_);
    deepest_db_ = std::max(deepest_db_, static_cast<double>(reduce_db));

    while (window_.size() > front_ && window_.back().second <= reduce_db) window_.pop_back();
    window_.push_back({clock_, reduce_db});
    if (window_[front_].first < clock_ - kLookAhead) ++front_;
    if (front_ > 4096) {
        window_.erase(window_.begin(), window_.begin() + static_cast<std::ptrdiff_t>(front_));
        front_ = 0;
    }
    const float most_db = window_[front_].second;
    const float now = most_db > 0 ? std::pow(10.f, -most_db / 20.f) : 1.f;

    float& oldest = smooth_[static_cast<size_t>(clock_ % kLookAhead)];
    smooth_sum_ += static_cast<double>(now) - static_cast<double>(oldest);
    oldest = now;
    const float applied = gain_ * static_cast<float>(smooth_sum_ / kLookAhead);

    float* slot = delay_.data() + 2 * (clock_ % kLookAhead);
    std::swap(left, slot[0]);
    std::swap(right, slot[1]);
    left *= applied;
    right *= applied;
    ++clock_;
}

}  // namespace sound
