#include "world/sets/set_builder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/core/check.h"
#include "base/math/colour.h"
#include "world/materials/material.h"
#include "world/shapes/shape.h"

namespace world {

using base::Quat;
using base::Transform;
using base::Vec3;
using base::Vec3f;

Transform placed(Vec3 position, double yaw_deg) {
    return {position, Quat::from_axis_angle({0, 0, 1}, yaw_deg * base::kPi / 180)};
}

SetBuilder::SetBuilder(std::string name, const SetOptions& options)
    : options_(options), rng_(base::hash_combine(base::hash_text(name), options.seed)) {
    model_.name = std::move(name);
    if (options.time == "night") hour_ = Hour::Night;
    if (options.time == "dawn") hour_ = Hour::Dawn;
    if (options.time == "sunset") hour_ = Hour::Sunset;
}

Body& SetBuilder::add(std::string name, ShapePtr shape, const Transform& pose, std::string part) {
    Body body;
    body.kind = name;
    body.set_part = part.empty() ? name : std::move(part);
    body.name = std::move(name);
    body.material = shape->default_material;
    body.shape = std::move(shape);
    body.motion = Motion::Static;
    body.pose = pose;
    model_.bodies.push_back(std::move(body));
    return model_.bodies.back();
}

namespace {
ShapePtr shape_of(std::string_view kind, double size_m, std::string_view material, uint64_t seed) {
    ShapeRequest request;
    request.kind = std::string(kind);
    if (size_m > 0) request.size_m = size_m;
    request.material = std::string(material);
    request.seed = seed;
    return build_shape(request);
}
}  // namespace

void SetBuilder::prop(std::string_view kind, Vec3 position, double yaw_deg, double size_m,
                      std::string_view material, std::optional<Vec3f> colour) {
    // One shape for all copies that are meant to be alike: the seed is the set's.
    ShapePtr shape;
    const std::string key(kind);
    for (const Body& other : model_.bodies) {
        if (other.kind == key && other.shape && size_m > 0 &&
            std::abs(std::max({other.shape->bounds.size().x, other.shape->bounds.size().y,
                               other.shape->bounds.size().z}) -
                     size_m) < 1e-3 * size_m &&
            (material.empty() || other.material == material)) {
            shape = other.shape;
        }
    }
    if (!shape) shape = shape_of(kind, size_m, material, options_.seed);
    if (!shape) return;
    Body& body = add("set_" + key + "_" + std::to_string(++prop_count_), std::move(shape),
                     placed(position, yaw_deg), key);
    body.kind = key;
    if (!material.empty()) body.material = std::string(material);
    body.colour = colour;
}

void SetBuilder::loose(std::string_view kind, Vec3 position, double yaw_deg, double size_m,
                       std::string_view material, std::optional<Vec3f> colour) {
    const size_t before = model_.bodies.size();
    prop(kind, position, yaw_deg, size_m, material, colour);
    if (model_.bodies.size() == before) return;
    Body& body = model_.bodies.back();
    body.motion = Motion::Dynamic;
    body.asleep = true;
    body.set_part.clear();
}

namespace {
// The pattern that makes a plain material a floor or a wall of a building.
std::string floor_pattern(const std::string& material) {
    if (material == "wood") return "plank_floor";
    if (material == "tile" || material == "ceramic") return "floor_tiles";
    if (material == "marble_stone") return "marble_floor";
    if (material == "stone") return "flagstones";
    if (material == "brick") return "brick_paving";
    if (material == "concrete") return "concrete_floor";
    if (material == "sand") return "sand_ripples";
    if (material == "grass") return "lawn";
    if (material == "ice") return "ice_scratches";
    if (material == "carpet") return "carpet_pile";
    return "";
}
std::string wall_pattern(const std::string& material) {
    if (material == "brick") return "brick_wall";
    if (material == "tile" || material == "ceramic") return "wall_tiles";
    if (material == "wood") return "wood_panelling";
    if (material == "concrete") return "concrete_wall";
    if (material == "stone" || material == "marble_stone") return "stone_wall";
    return "";
}
}  // namespace

Paint SetBuilder::floor_paint(Paint own) const {
    if (options_.floor.empty() || find_material(options_.floor) == nullptr) return own;
    if (options_.floor == own.material) return own;
    return plain(options_.floor, floor_pattern(options_.floor));
}

Paint SetBuilder::wall_paint(Paint own) const {
    if (options_.wall.empty() || find_material(options_.wall) == nullptr) return own;
    if (options_.wall == own.material) return own;
    return plain(options_.wall, wall_pattern(options_.wall));
}

void SetBuilder::floor(Vec3 low, Vec3 high, Paint own) {
    const Paint paint = floor_paint(std::move(own));
    ShapeMaker maker("floor", paint.material);
    maker.paint(paint);
    const double z = high.z;
    maker.quad({low.x, low.y, z}, {high.x, low.y, z}, {high.x, high.y, z}, {low.x, high.y, z});
    const Vec3 size{high.x - low.x, high.y - low.y, 0.5};
    maker.collide_box({(low.x + high.x) / 2, (low.y + high.y) / 2, z - 0.25}, size, "",
                      paint.material);
    add("floor", maker.finish());
}

void SetBuilder::wall(ShapeMaker& maker, Vec3 a, Vec3 b, double height, double thickness,
                      const std::vector<Opening>& openings) {
    const Vec3 along = b - a;
    const double span = length(along);
    const double yaw = std::atan2(along.y, along.x);
    // Local x along the wall, local y toward the room; the wall lies at local y in [-thickness, 0].
    maker.at({a, Quat::from_axis_angle({0, 0, 1}, yaw)});
    std::vector<Opening> holes = openings;
    std::sort(holes.begin(), holes.end(),
              [](const Opening& p, const Opening& q) { return p.along_m < q.along_m; });
    const auto piece = [&](double x0, double x1, double z0, double z1) {
        if (x1 - x0 < 1e-6 || z1 - z0 < 1e-6) return;
        maker.box({(x0 + x1) / 2, -thickness / 2, (z0 + z1) / 2}, {x1 - x0, thickness, z1 - z0});
    };
    double x = 0;
    for (const Opening& hole : holes) {
        const double left = hole.along_m - hole.width_m / 2, right = left + hole.width_m;
        piece(x, left, 0, height);
        piece(left, right, 0, hole.sill_m);
        piece(left, right, hole.sill_m + hole.height_m, height);
        x = right;
    }
    piece(x, span, 0, height);
    maker.collide_box({span / 2, -thickness / 2, height / 2}, {span, thickness, height});
    maker.at({});
}

Lamp& SetBuilder::rectangle_lamp(Vec3 centre, Vec3 shines_toward, double width, double height,
                                 double power_lm, double temperature_K) {
    Lamp lamp;
    lamp.shape = LampShape::Rectangle;
    const Vec3 direction = normalize(shines_toward - centre);
    // Local -z is the direction; local x stays level.
    Vec3 z = -direction;
    Vec3 x = std::abs(z.z) > 0.999 ? Vec3{1, 0, 0} : normalize(cross(Vec3{0, 0, 1}, z));
    const Vec3 y = cross(z, x);
    // Rotation matrix with columns x, y, z -> quaternion (Shepperd 1978, the largest term first).
    const double m[3][3] = {{x.x, y.x, z.x}, {x.y, y.y, z.y}, {x.z, y.z, z.z}};
    const double trace = m[0][0] + m[1][1] + m[2][2];
    Quat q;
    if (trace > 0) {
        const double s = std::sqrt(trace + 1) * 2;
        q = {(m[2][1] - m[1][2]) / s, (m[0][2] - m[2][0]) / s, (m[1][0] - m[0][1]) / s, s / 4};
    } else {
        const int i = m[0][0] > m[1][1] ? (m[0][0] > m[2][2] ? 0 : 2) : (m[1][1] > m[2][2] ? 1 : 2);
        const int j = (i + 1) % 3, k = (i + 2) % 3;
        const double s = std::sqrt(1 + m[i][i] - m[j][j] - m[k][k]) * 2;
        double v[3];
        v[i] = s / 4;
        v[j] = (m[j][i] + m[i][j]) / s;
        v[k] = (m[k][i] + m[i][k]) / s;
        q = {v[0], v[1], v[2], (m[k][j] - m[j][k]) / s};
    }
    lamp.pose = {centre, q.normalized()};
    lamp.width_m = width;
    lamp.height_m = height;
    lamp.power_lm = power_lm;
    lamp.temperature_K = temperature_K;
    model_.lamps.push_back(lamp);
    return model_.lamps.back();
}

Lamp& SetBuilder::sphere_lamp(Vec3 centre, double diameter, double power_lm, double temperature_K) {
    Lamp lamp;
    lamp.shape = LampShape::Sphere;
    lamp.pose = {centre, {}};
    lamp.width_m = lamp.height_m = diameter;
    lamp.power_lm = power_lm;
    lamp.temperature_K = temperature_K;
    model_.lamps.push_back(lamp);
    return model_.lamps.back();
}

void SetBuilder::ceiling_panel(Vec3 centre, double width, double depth, double power_lm,
                               double temperature_K, bool housing) {
    rectangle_lamp(centre, centre - Vec3{0, 0, 1}, width, depth, power_lm, temperature_K);
    if (!housing) return;
    ShapeMaker maker("lamp_housing", "aluminium");
    maker.paint(painted("plastic", 0xf0f0ee));
    const double rim = 0.03;
    maker.box(centre + Vec3{0, 0, 0.045}, {width + 2 * rim, depth + 2 * rim, 0.06}, 0.01);
    add("ceiling_lamp_" + std::to_string(model_.lamps.size()), maker.finish(), {}, "lamp");
}

void SetBuilder::window(ShapeMaker& maker, Vec3 a, Vec3 b, double thickness, const Opening& hole,
                        double room_lm, int bars_across, int bars_up, Paint frame) {
    const Vec3 along = normalize(b - a);
    const double yaw = std::atan2(along.y, along.x);
    const Transform wall{a, Quat::from_axis_angle({0, 0, 1}, yaw)};
    const double x = hole.along_m, z = hole.sill_m + hole.height_m / 2;
    const double w = hole.width_m, h = hole.height_m, bar = std::min(0.06, w * 0.06);
    if (frame.material.empty()) frame = painted("wood", 0xf2efe8, "paint");
    const double y = -thickness * 0.6;
    maker.at(wall).paint(frame);
    maker.box({x - w / 2 + bar / 2, y, z}, {bar, 0.07, h}, 0.006);
    maker.box({x + w / 2 - bar / 2, y, z}, {bar, 0.07, h}, 0.006);
    maker.box({x, y, z - h / 2 + bar / 2}, {w, 0.07, bar}, 0.006);
    maker.box({x, y, z + h / 2 - bar / 2}, {w, 0.07, bar}, 0.006);
    for (int i = 1; i <= bars_across; ++i) {
        maker.box({x - w / 2 + w * i / (bars_across + 1), y, z}, {bar * 0.7, 0.05, h}, 0.005);
    }
    for (int i = 1; i <= bars_up; ++i) {
        maker.box({x, y, z - h / 2 + h * i / (bars_up + 1)}, {w, 0.05, bar * 0.7}, 0.005);
    }
    // Inner sill.
    maker.box({x, 0.03, hole.sill_m - 0.02}, {w + 0.12, 0.12 + thickness * 0.5, 0.035}, 0.008);
    // The world outside, out of focus: it glows by day and is dim at night.
    Paint view;
    view.material = "paper";
    view.pattern = night() ? "window_view_night" : "window_view";
    switch (hour_) {
        case Hour::Day: view.emission = 1.6f; break;
        case Hour::Dawn: view.emission = 0.9f; break;
        case Hour::Sunset: view.emission = 1.1f; break;
        case Hour::Night: view.emission = 0.08f; break;
    }
    if (hour_ == Hour::Sunset) view.colour = Vec3f{1.0f, 0.62f, 0.35f};
    if (hour_ == Hour::Dawn) view.colour = Vec3f{1.0f, 0.75f, 0.66f};
    view.name = "window";
    maker.paint(view);
    const double back = -thickness - 0.02;
    maker.quad({x - w / 2, back, z - h / 2}, {x - w / 2, back, z + h / 2},
               {x + w / 2, back, z + h / 2}, {x + w / 2, back, z - h / 2});
    maker.at({});
    double share = 1, temperature = 6500;
    if (hour_ == Hour::Dawn) share = 0.35, temperature = 4800;
    if (hour_ == Hour::Sunset) share = 0.5, temperature = 3400;
    if (hour_ == Hour::Night) share = 0.012, temperature = 9000;
    const Vec3 centre = wall.apply({x, 0.02, z});
    Lamp& lamp = rectangle_lamp(centre, wall.apply({x, 1.0, z - 0.15}), w * 0.94, h * 0.94,
                                room_lm * share, temperature);
    lamp.invisible = true;
}

Anchor& SetBuilder::anchor(std::string name, Vec3 position, double yaw_deg, double radius_m) {
    model_.anchors.push_back({std::move(name), placed(position, yaw_deg), radius_m});
    return model_.anchors.back();
}

void SetBuilder::camera(Vec3 eye, Vec3 target, double lens_mm) {
    model_.camera_eye = eye;
    model_.camera_target = target;
    model_.camera_lens_mm = lens_mm;
}

void SetBuilder::camera_bounds(Vec3 low, Vec3 high) {
    model_.camera_bounds = {};
    model_.camera_bounds.add(low);
    model_.camera_bounds.add(high);
}

void SetBuilder::room(Vec3 low, Vec3 high, std::string floor_material, std::string wall_material,
                      std::string ceiling_material) {
    model_.room.outdoors = false;
    model_.room.low = low;
    model_.room.high = high;
    model_.room.floor_material = floor_paint(plain(std::move(floor_material))).material;
    model_.room.wall_material = wall_paint(plain(std::move(wall_material))).material;
    model_.room.ceiling_material = std::move(ceiling_material);
    if (model_.camera_bounds.empty()) {
        camera_bounds(low + Vec3{0.25, 0.25, 0.08}, high - Vec3{0.25, 0.25, 0.2});
    }
}

void SetBuilder::outdoors(Vec3 low, Vec3 high, std::string floor_material) {
    model_.room.outdoors = true;
    model_.room.low = low;
    model_.room.high = high;
    model_.room.floor_material = floor_paint(plain(std::move(floor_material))).material;
    model_.room.wall_material = "grass";
    model_.room.ceiling_material = "";
    model_.has_sky = true;
    if (model_.camera_bounds.empty()) camera_bounds(low + Vec3{0, 0, 0.1}, high);
}

SetModel SetBuilder::finish() {
    CHECK(model_.anchor("stage") != nullptr, "every set has a stage");
    if (model_.ambience.empty()) model_.ambience = model_.name;
    return std::move(model_);
}

}  // namespace world
