// Down a hill of the cast: it stands behind the stage, what rolls comes down its near flank.
#include <algorithm>
#include <cmath>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"

namespace studio {
namespace {

using base::Quat;
using base::Vec3;
using world::BodyIndex;

constexpr double kHill_m = 15;          // across, where the text gives no size
constexpr double kFrom = 0.34;          // of its radius: where things start, past the round top
constexpr double kHeading_rad = -0.85;  // to the right and toward the camera

// The ground as it is drawn; hulls of a relief would leave things floating over its hollows.
world::ShapePtr as_ground(const world::Shape& drawn) {
    auto shape = std::make_shared<world::Shape>(drawn);
    shape->collision.clear();
    for (const world::MeshPart& part : drawn.parts) {
        world::CollisionPart solid;
        solid.kind = world::CollisionKind::StaticMesh;
        solid.points = part.mesh.positions;
        solid.triangles = part.mesh.triangles;
        solid.material = part.material;
        shape->collision.push_back(std::move(solid));
    }
    return shape;
}

// Height of the ground under (x, y), in the body's frame; the lowest place where there is none.
double height_at(const world::Shape& ground, double x, double y) {
    double top = ground.bounds.low.z;
    for (const world::CollisionPart& part : ground.collision) {
        for (const auto& triangle : part.triangles) {
            const Vec3 a = part.points[triangle[0]].cast<double>(),
                       b = part.points[triangle[1]].cast<double>(),
                       c = part.points[triangle[2]].cast<double>();
            const double area = (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y);
            if (std::abs(area) < 1e-12) continue;
            const double v = ((x - a.x) * (c.y - a.y) - (c.x - a.x) * (y - a.y)) / area;
            const double w = ((b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)) / area;
            if (v < 0 || w < 0 || v + w > 1) continue;
            top = std::max(top, a.z + v * (b.z - a.z) + w * (c.z - a.z));
        }
    }
    return top;
}

}  // namespace

void stage_down_hill(Workshop& shop, Player& player, Player& hill, const script::Action& action) {
    player.placed = hill.placed = true;
    const BodyIndex index = hill.bodies.front();
    world::Body& ground = shop.body(index);
    if (!hill.member->size_m) {
        if (const auto shape = world::build_shape(
                {hill.member->kind, kHill_m, hill.member->material, shop.list().seed}))
            ground.shape = shape;
    }
    ground.shape = as_ground(*ground.shape);
    ground.motion = world::Motion::Static;
    ground.asleep = false;
    const Vec3 ahead{std::cos(kHeading_rad), std::sin(kHeading_rad), 0};
    const double radius = 0.5 * ground.shape->bounds.size().x;
    const Vec3 stage = shop.surface().centre;
    ground.pose.rotation = {};
    // A little into the meadow, which is no plane.
    ground.pose.translation =
        stage - ahead * (1.02 * radius) - Vec3{0, 0, ground.shape->bounds.low.z + 0.2};
    const Vec3 top = ground.pose.translation;
    int slot = 0;
    for (const BodyIndex body : player.bodies) {
        const double r = shop.radius_of(body);
        const Vec3 side{-ahead.y, ahead.x, 0};
        const Vec3 local = ahead * (kFrom * radius) +
                           side * (((slot + 1) / 2) * 2.4 * r * (slot % 2 == 0 ? 1 : -1) +
                                   shop.unknown("aside", 0, 0.15));
        ++slot;
        const double here = height_at(*ground.shape, local.x, local.y);
        const double below =
            height_at(*ground.shape, local.x + 0.3 * ahead.x, local.y + 0.3 * ahead.y);
        const Vec3 down = base::normalize(ahead * 0.3 + Vec3{0, 0, below - here});
        // On a slope a round thing touches beside its lowest point.
        const double lift = r * (1 / std::max(0.3, std::hypot(down.x, down.y)) - 1) + 0.01;
        const Vec3 foot = top + local + Vec3{0, 0, here + lift};
        const double speed = action.speed_mps.value_or(1.2);
        if (shop.is_round(body)) {
            shop.stand(body, foot, kHeading_rad);
            shop.roll(body, down * speed);
        } else {
            roll_across(shop, body, foot, kHeading_rad, down * speed);
        }
        shop.watch(body);
    }
    // What it is to meet stands where the hill ends.
    Player* met = shop.player(action.outcome.target);
    if (met != nullptr && met != &player && met != &hill && !met->bodies.empty() && !met->placed) {
        met->placed = true;
        const BodyIndex b = met->bodies.front();
        const Vec3 size = shop.body(b).shape->bounds.size();
        shop.stand(b, stage + ahead * 1.2,
                   kHeading_rad + (size.x > 1.4 * size.y ? base::kPi / 2 : 0));
        shop.watch(b, 0.6);
    }
    shop.watch_point(stage + ahead * 1.5, 0.6, 0.5);
    shop.ends_at(shop.start_s() + 4);
}

}  // namespace studio
