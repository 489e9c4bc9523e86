#include "sound/room/early_reflections.h"

#include <algorithm>
#include <cmath>

#include "sound/room/listener.h"

namespace sound {
namespace {

// Energy reflected at 1 kHz; real walls also scatter some of it into the late field.
double reflection(const Bands& alpha) { return std::sqrt(1 - alpha[3]) * 0.6; }

}  // namespace

EarlyReflections::EarlyReflections(const world::Room& room)
    : room_(room),
      floor_(absorption(room.floor_material)),
      wall_(absorption(room.wall_material)),
      ceiling_(absorption(room.ceiling_material)),
      left_(kRing, 0.f),
      right_(kRing, 0.f),
      tone_{Biquad::high_shelf(3500, -4), Biquad::high_shelf(3500, -4)} {}

std::vector<std::array<float, 3>> EarlyReflections::paths(const EarKey& ear,
                                                          const PlacedSource& source) const {
    std::vector<std::array<float, 3>> out;
    const double direct = base::length(source.position - ear.position);
    // Image index -1, 0, 1, 2 per axis: odd ones are mirrored, as in Allen & Berkley.
    const auto image = [&](int axis, int index) {
        const double low = room_.low[axis], high = room_.high[axis];
        const double inside = std::clamp(source.position[axis], low, high);
        if (index == 0) return inside;
        if (index == -1) return 2 * low - inside;
        if (index == 1) return 2 * high - inside;
        return index == 2 ? inside + 2 * (high - low) : inside - 2 * (high - low);
    };
    for (int ix = -2; ix <= 2; ++ix)
        for (int iy = -2; iy <= 2; ++iy)
            for (int iz = -2; iz <= 2; ++iz) {
                const int order = std::abs(ix) + std::abs(iy) + std::abs(iz);
                if (order == 0 || order > 2) continue;
                if (room_.outdoors && !(ix == 0 && iy == 0 && iz == -1)) continue;
                const base::Vec3 at{image(0, ix), image(1, iy), image(2, iz)};
                const double far = base::length(at - ear.position);
                double gain = std::pow(reflection(wall_), std::abs(ix) + std::abs(iy));
                if (iz != 0) {
                    const double once = reflection(iz < 0 ? floor_ : ceiling_);
                    gain *= once;
                    if (std::abs(iz) == 2) gain *= reflection(iz < 0 ? ceiling_ : floor_);
                }
                const double delay = (far - direct) / kSoundSpeedMps * kRateHz;
                // Images closer than 1 ms would only colour the direct sound by comb filtering.
                if (delay < 48 || delay >= kRing - kBlock) continue;
                const Placement p =
                    place(ear, at, 0.8f * source.pan_width, source.distance_exponent);
                out.push_back({static_cast<float>(delay), static_cast<float>(gain * p.gain[0]),
                               static_cast<float>(gain * p.gain[1])});
            }
    return out;
}

void EarlyReflections::add(const std::vector<std::array<float, 3>>& paths, const float* mono,
                           int count, float gain) {
    for (const auto& [delay, left, right] : paths) {
        const int first = (at_ + static_cast<int>(delay)) & (kRing - 1);
        const int straight = std::min(count, kRing - first);
        const float l = left * gain, r = right * gain;
        for (int i = 0; i < straight; ++i) {
            left_[first + i] += l * mono[i];
            right_[first + i] += r * mono[i];
        }
        for (int i = straight; i < count; ++i) {
            left_[i - straight] += l * mono[i];
            right_[i - straight] += r * mono[i];
        }
        pending_ = std::max(pending_, static_cast<int>(delay) + count);
    }
}

void EarlyReflections::take(StereoBlock& out, int count) {
    for (int i = 0; i < count; ++i) {
        out.left[i] += tone_[0].process(left_[at_]);
        out.right[i] += tone_[1].process(right_[at_]);
        left_[at_] = right_[at_] = 0;
        at_ = (at_ + 1) & (kRing - 1);
    }
    pending_ -= count;
}

}  // namespace sound
