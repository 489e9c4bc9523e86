#include "sound/room/listener.h"

#include <algorithm>
#include <cmath>

namespace sound {

EarKey ear_at(const std::vector<EarKey>& keys, double t_s) {
    if (keys.empty()) return {};
    if (t_s <= keys.front().t_s) return keys.front();
    if (t_s >= keys.back().t_s) return keys.back();
    const auto next = std::upper_bound(keys.begin(), keys.end(), t_s,
                                       [](double t, const EarKey& k) { return t < k.t_s; });
    const EarKey &a = *(next - 1), &b = *next;
    const double u = (t_s - a.t_s) / std::max(b.t_s - a.t_s, 1e-9);
    return {t_s, base::lerp(a.position, b.position, u), base::lerp(a.forward, b.forward, u),
            base::lerp(a.velocity_mps, b.velocity_mps, u)};
}

Placement place(const EarKey& ear, base::Vec3 source, float pan_width, float distance_exponent) {
    const base::Vec3 offset = source - ear.position;
    const double r = base::length(offset);
    base::Vec3 forward = base::normalize(ear.forward);
    if (base::length_squared(forward) == 0) forward = {0, 1, 0};
    base::Vec3 right = base::cross(forward, base::Vec3{0, 0, 1});
    // A camera that looks straight down: its picture's right is the world's +x.
    right = base::length_squared(right) < 1e-6 ? base::Vec3{1, 0, 0} : base::normalize(right);

    // Sources at the ear have no side.
    const base::Vec3 direction = r > 1e-6 ? offset / r : forward;
    const double near = std::min(r / 0.5, 1.0);
    const double side = base::dot(direction, right) * near * pan_width;
    const double front = base::dot(direction, forward);
    const double level = std::pow(r * r + 0.09, -0.5 * distance_exponent);
    const double angle = (1 + 0.94 * side) * base::kPi / 4;

    Placement out;
    out.distance_m = r;
    out.gain[0] = static_cast<float>(level * std::cos(angle));
    out.gain[1] = static_cast<float>(level * std::sin(angle));
    const double air_hz = std::min(42000 / std::sqrt(std::max(r, 1.0)), 20000.0);
    const double behind = front < 0 ? 1 + 1.2 * -front * near : 1;
    for (int ear_side = 0; ear_side < 2; ++ear_side) {
        const double away = std::max(ear_side == 0 ? side : -side, 0.0);
        const double shadow_hz = 20000 * std::pow(0.17, away);
        out.corner_hz[ear_side] = static_cast<float>(std::min(air_hz, shadow_hz) / behind);
    }
    return out;
}

double doppler_ratio(const EarKey& ear, base::Vec3 source, base::Vec3 source_velocity_mps) {
    const base::Vec3 to_source = base::normalize(source - ear.position);
    const double ear_speed = base::dot(ear.velocity_mps, to_source);
    const double source_speed = base::dot(source_velocity_mps, -to_source);
    const double ratio =
        (kSoundSpeedMps + ear_speed) / std::max(kSoundSpeedMps - source_speed, 1.0);
    return std::clamp(ratio, 0.5, 2.0);
}

}  // namespace sound
