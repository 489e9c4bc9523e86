#include "world/figure/proportions.h"

#include <algorithm>
#include <string_view>

#include "base/core/random.h"

namespace world {

double look_draw(const FigureLook& look, const char* topic) {
    const uint64_t hash = base::hash_combine(base::hash_u64(look.seed), base::hash_text(topic));
    return static_cast<double>(hash >> 11) * 0x1p-53;
}

Proportions proportions_of(const FigureModel& figure) {
    const FigureLook& look = figure.look;
    const double h = figure.height_m;
    Proportions p{};
    p.height = h;
    p.child = look.age == "child" ? 1 : 0;
    p.old = look.age == "old" ? 1 : 0;
    const bool woman = look.sex != "male";
    p.female = woman ? (p.child > 0 ? 0.25 : 1.0) : 0.0;

    const double c = p.child;
    p.head_height = h * base::lerp(woman ? 0.1375 : 0.134, 0.178, c);
    p.hip_z = h * base::lerp(0.522, 0.478, c);
    p.knee_z = h * base::lerp(0.283, 0.258, c);
    p.ankle_z = h * base::lerp(0.044, 0.046, c);
    p.hip_half = h * base::lerp(woman ? 0.053 : 0.051, 0.047, c);
    p.shoulder_z = h * base::lerp(0.812, 0.772, c);
    p.shoulder_half = h * base::lerp(woman ? 0.098 : 0.110, 0.094, c);
    p.upper_arm = h * base::lerp(0.172, 0.158, c);
    p.forearm = h * base::lerp(0.145, 0.132, c);
    p.hand = h * base::lerp(woman ? 0.104 : 0.108, 0.106, c);
    p.foot_ball = h * base::lerp(0.070, 0.072, c);
    p.foot_toe = h * base::lerp(0.115, 0.118, c);
    p.foot_heel = h * 0.032;

    // 22.5 and 24 kg/m2: body mass index of an average build. Thickness goes with the square root.
    const double usual_kg = h * h * (c > 0 ? 16.0 : woman ? 21.0 : 23.0);
    const double mass = figure.mass_kg > 0 ? figure.mass_kg : usual_kg;
    p.girth = std::clamp(std::sqrt(mass / usual_kg), 0.88, 1.25);
    const std::string_view role = look.role;
    const bool athletic = role.find("player") != role.npos || role.find("athlete") != role.npos ||
                          role.find("boxer") != role.npos || role.find("skater") != role.npos ||
                          role.find("gymnast") != role.npos || role.find("dancer") != role.npos;
    p.muscle = c > 0 ? 0.1 : (athletic ? 0.75 : 0.40) - (woman ? 0.12 : 0.0) - 0.2 * p.old;
    return p;
}

}  // namespace world
