#include "studio/director/staging/free_way.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace studio {
namespace {

using base::Quat;
using base::Transform;
using base::Vec3;

// What stands in the way of somebody of this height: boxes of the set's parts.
std::vector<base::Bounds> obstacles(Workshop& shop, double height) {
    const double floor_z = shop.surface().centre.z;
    std::vector<base::Bounds> boxes;
    for (const world::Body& body : shop.scene().bodies) {
        if (body.set_part.empty() || !body.shape) continue;
        const base::Bounds box = box_of(body);
        // The ground, and the walls that Room tells of.
        if (box.size().x > 6 && box.size().y > 6) continue;
        if (box.high.z < floor_z + 0.25 * height || box.low.z > floor_z + height) continue;
        boxes.push_back(box);
    }
    return boxes;
}

// How far one can go along x through a point before something of the set is in the way.
struct Lane {
    double y = 0, from_x = 0, to_x = 0;
    double length() const { return to_x - from_x; }
};
Lane lane_at(Workshop& shop, double y, double half_width, const std::vector<base::Bounds>& boxes) {
    const world::Room& room = shop.stage().set.room;
    const double x = shop.surface().centre.x;
    Lane lane{y, room.low.x + half_width, room.high.x - half_width};
    for (const base::Bounds& box : boxes) {
        if (box.high.y < y - half_width || box.low.y > y + half_width) continue;
        if (box.low.x <= x && box.high.x >= x) return {y, x, x};
        if (box.high.x < x) lane.from_x = std::max(lane.from_x, box.high.x + half_width);
        else lane.to_x = std::min(lane.to_x, box.low.x - half_width);
    }
    return lane;
}
Lane widest_lane(Workshop& shop, double half_width, const std::vector<base::Bounds>& boxes) {
    const Vec3 centre = shop.surface().centre;
    Lane best;
    for (const double aside : {0.0, 0.8, -0.8, 1.6, -1.6, 2.4, -2.4}) {
        const Lane lane = lane_at(shop, centre.y + aside, half_width, boxes);
        if (lane.length() > best.length() + 1) best = lane;
    }
    return best;
}

// The largest circle about the middle, or near it, on which nothing stands.
struct Ring {
    Vec3 centre;
    double radius_m = 0;
};
Ring free_ring(Workshop& shop, double least_m, double half_width,
               const std::vector<base::Bounds>& boxes) {
    const world::Room& room = shop.stage().set.room;
    const auto hits = [&](const Ring& ring) {
        for (int i = 0; i < 48; ++i) {
            const double turn = 2 * base::kPi * i / 48;
            const Vec3 p = ring.centre + Vec3{std::cos(turn), std::sin(turn), 0} * ring.radius_m;
            if (p.x < room.low.x + half_width || p.x > room.high.x - half_width ||
                p.y < room.low.y + half_width || p.y > room.high.y - half_width)
                return true;
            for (const base::Bounds& box : boxes) {
                if (p.x > box.low.x - half_width && p.x < box.high.x + half_width &&
                    p.y > box.low.y - half_width && p.y < box.high.y + half_width)
                    return true;
            }
        }
        return false;
    };
    const Vec3 middle = shop.surface().centre;
    const double most_m = std::max(least_m, 0.7 * shop.surface().radius_m);
    for (const double share : {1.0, 0.75, 0.5, 0.25, 0.0}) {
        for (const Vec3 aside : {Vec3{}, Vec3{0, -0.7, 0}, Vec3{0.7, 0, 0}, Vec3{-0.7, 0, 0},
                                 Vec3{0, 0.7, 0}, Vec3{0.7, -0.7, 0}, Vec3{-0.7, -0.7, 0}}) {
            const Ring ring{middle + aside, base::lerp(least_m, most_m, share)};
            if (!hits(ring)) return ring;
        }
    }
    return {middle, least_m};
}

}  // namespace

Transform Track::at(double covered_m) const {
    if (radius_m <= 0) return origin * Transform{{covered_m, 0, 0}, {}};
    const double turn = (covered_m + ahead_m) / radius_m;
    return origin * Transform{Vec3{std::sin(turn), 1 - std::cos(turn), 0} * radius_m,
                              Quat::from_axis_angle({0, 0, 1}, turn)};
}

Track free_way(Workshop& shop, world::BodyIndex body, double distance_m, int slot, int count) {
    const Vec3 centre = shop.surface().centre, size = shop.body(body).shape->bounds.size();
    const std::vector<base::Bounds> boxes = obstacles(shop, size.z);
    const double half_width = 0.6 * size.y + 0.15;
    const Lane lane = widest_lane(shop, half_width, boxes);
    Track track;
    if (lane.length() >= distance_m) {
        const double x =
            std::clamp(centre.x - 0.5 * distance_m, lane.from_x, lane.to_x - distance_m);
        const double aside = 2.6 * shop.radius_of(body) * slot;
        track.origin.translation = {x, lane.y + aside, centre.z};
        return track;
    }
    const Ring ring = free_ring(shop, std::max(1.1 * size.x, 0.7), half_width, boxes);
    track.radius_m = ring.radius_m;
    // Two of them start on opposite sides.
    track.ahead_m = 2 * base::kPi * track.radius_m * slot / std::max(1, count);
    track.origin.translation = ring.centre - Vec3{0, track.radius_m, 0};
    return track;
}

}  // namespace studio
