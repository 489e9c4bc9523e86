// Rock, wobble, shake: a push that is too weak to overturn; what follows is physics.
#include <algorithm>
#include <array>
#include <cmath>

#include "studio/director/actions/action.h"
#include "studio/director/staging/assemblies.h"
#include "studio/director/staging/cast.h"

namespace studio {
namespace {

using base::Vec3;
using world::BodyIndex;

bool hangs(std::string_view kind) {
    static constexpr std::array<std::string_view, 3> kHang = {"wrecking_ball", "punching_bag",
                                                              "bell"};
    return is_assembly(kind) || std::find(kHang.begin(), kHang.end(), kind) != kHang.end();
}

bool swims(std::string_view kind) {
    static constexpr std::array<std::string_view, 6> kBoats = {
        "boat", "sailboat", "ship", "canoe", "paper_boat", "rubber_duck"};
    return std::find(kBoats.begin(), kBoats.end(), kind) != kBoats.end();
}

}  // namespace

double tipping_rate_radps(const Vec3& size, double gravity_mps2) {
    const double limit = std::min(1.2, std::atan2(size.x, size.z));
    return std::sqrt(3 * gravity_mps2 / std::max(0.02, size.z) * (1 / std::cos(limit) - 1));
}

void stage_rock(Workshop& shop, const script::Action& action) {
    Player* player = things_or_person(shop, action);
    if (player == nullptr) return;
    const std::string& kind = player->member->kind;
    if (swims(kind) && shop.scene().water) {
        stage_float(shop, action);
        return;
    }
    if (hangs(kind)) {
        stage_swing(shop, action);
        return;
    }
    if (!player->placed) place_still(shop, *player);
    const double g = std::max(0.3, -shop.scene().gravity_mps2.z);
    double low = 1e9, high = -1e9;
    for (const BodyIndex b : player->bodies) {
        low = std::min(low, shop.body(b).pose.translation.z);
        high = std::max(high, shop.body(b).pose.translation.z);
    }
    const double start = shop.start_s() + 0.4 * std::min(1.0, shop.shot().time_scale);
    for (const BodyIndex index : player->bodies) {
        world::Body& b = shop.body(index);
        shop.watch(index, player->bodies.size() > 1 ? 0.8 : 1.0);
        const Vec3 forward = b.pose.rotation.rotate({1, 0, 0});
        const bool pile = high - low > 0.5 * shop.height_of(index);
        b.push_s = start;
        if (pile) {  // what lies on others shifts, the more the higher it lies
            const double share = (b.pose.translation.z - low) / (high - low);
            b.push_velocity_mps = forward * (0.25 * share * std::sqrt(shop.radius_of(index) / 0.1));
            continue;
        }
        const Vec3 axis = base::cross(Vec3{0, 0, 1}, forward);
        const Vec3 edge = b.pose.apply({b.shape->bounds.high.x, 0, b.shape->bounds.low.z});
        const Vec3 middle = b.pose.apply(b.shape->bounds.centre());
        const double share = std::clamp(shop.unknown("wobble", 0.4, 0.12), 0.1, 0.9);
        const Vec3 spin = axis * (share * tipping_rate_radps(b.shape->bounds.size(), g));
        b.push_spin_radps = spin;
        b.push_velocity_mps = base::cross(spin, middle - edge);
    }
    shop.ends_at(start + 1.3);
}

}  // namespace studio
