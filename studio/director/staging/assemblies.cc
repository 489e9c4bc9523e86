#include "studio/director/staging/assemblies.h"

#include <algorithm>
#include <array>

#include "studio/director/staging/cast.h"

namespace studio {
namespace {

using base::Quat;
using base::Vec3;
using world::BodyIndex;

world::Joint string_between(BodyIndex body, Vec3 knot, Vec3 pivot, double radius_m,
                            const char* material) {
    world::Joint rope;
    rope.kind = world::JointKind::Rope;
    rope.a = body;
    rope.point = knot;
    rope.point_b = pivot;
    rope.length_m = base::length(knot - pivot);
    rope.rope_radius_m = radius_m;
    rope.rope_material = material;
    return rope;
}

// Five steel balls that touch, each on two strings in a V, so that it swings in one plane.
std::vector<BodyIndex> newtons_cradle(Workshop& shop, Player& player) {
    const BodyIndex frame = player.bodies.front();
    const std::string id = player.member->id;
    const Vec3 foot = shop.take_place(shop.surface(), shop.radius_of(frame));
    shop.stand(frame, foot, 0);
    world::Body& f = shop.body(frame);
    f.motion = world::Motion::Static;
    f.asleep = false;
    f.name = id + ".frame";
    const Vec3 size = f.shape->bounds.size();
    double ball_diameter = 0.128 * size.x;
    double top = foot.z + 0.97 * size.z;
    double half_depth = 0.42 * size.y;
    double centre_z = foot.z + 0.30 * size.z;
    std::vector<Vec3> rests;
    for (const auto& [name, pose] : f.shape->anchors) {
        if (name.rfind("ball", 0) == 0) rests.push_back(f.pose.apply(pose.translation));
        if (name == "string_top") {
            top = f.pose.apply(pose.translation).z;
            half_depth = std::abs(pose.translation.y);
        }
    }
    if (rests.size() >= 2) {
        ball_diameter = base::length(rests[1] - rests[0]);
        centre_z = rests.front().z;
    } else {
        rests.clear();
        for (int i = 0; i < 5; ++i)
            rests.push_back({foot.x + (i - 2) * ball_diameter, foot.y, centre_z});
    }
    const double angle = 0.5;
    std::vector<BodyIndex> balls;
    for (size_t i = 0; i < rests.size(); ++i) {
        // A gap of 10 um, as the strings of a real cradle are never exactly alike.
        const Vec3 rest = rests[i] + Vec3{1e-5 * (static_cast<double>(i) - 2), 0, 0};
        const BodyIndex ball = shop.add_prop(i == 0 ? id : id + "_" + std::to_string(i + 1),
                                             "sphere", "steel", {}, ball_diameter);
        const double r = 0.5 * shop.height_of(ball);
        const Vec3 pivot{rest.x, rest.y, top};
        Vec3 centre = rest;
        Quat turn;
        const double length = top - rest.z;
        if (i == 0) {
            centre = pivot + Vec3{-std::sin(angle), 0, -std::cos(angle)} * length;
            turn = Quat::from_axis_angle({0, 1, 0}, angle);
            shop.body(ball).release_s = shop.start_s() + 0.5;
        }
        world::Body& b = shop.body(ball);
        b.pose.rotation = turn;
        b.pose.translation = centre - turn.rotate({0, 0, r});
        b.kind = "ball";
        b.restitution =
            0.985;  // hardened balls of a cradle: Hutzler et al., Am. J. Phys. 72 (2004)
        const Vec3 knot = centre + turn.rotate({0, 0, r});
        for (const double side : {-1.0, 1.0}) {
            shop.scene().joints.push_back(string_between(
                ball, knot, pivot + Vec3{0, side * half_depth, 0}, 0.0018 * size.x, "fabric"));
        }
        balls.push_back(ball);
    }
    shop.watch(frame, 0.9);
    return balls;
}

std::vector<BodyIndex> pendulum(Workshop& shop, Player& player) {
    std::vector<BodyIndex> bobs;
    for (const BodyIndex body : player.bodies) {
        world::Body& b = shop.body(body);
        const double length = b.shape->bounds.size().z > 0.2 ? b.shape->bounds.size().z
                                                             : player.member->size_m.value_or(0.6);
        const double diameter = std::clamp(0.2 * length, 0.03, 0.3);
        b.shape = world::build_shape({"sphere", diameter, b.material, 1});
        const Vec3 foot = shop.take_place(shop.surface(), 0.6 * length);
        const Vec3 pivot = foot + Vec3{0, 0, length + 0.6 * diameter + 0.15};
        const double angle = 0.42;  // 24 degrees: near the small-angle law, yet well seen
        const Vec3 knot =
            pivot + Vec3{-std::sin(angle), 0, -std::cos(angle)} * (length - 0.5 * diameter);
        b.pose.rotation = Quat::from_axis_angle({0, 1, 0}, angle);
        b.pose.translation = knot - b.pose.rotation.rotate({0, 0, diameter});
        b.asleep = false;
        b.release_s = shop.start_s() + 0.4;
        shop.scene().joints.push_back(string_between(body, knot, pivot, 0.004, "steel"));
        // Stand: two posts and a bar, so that it does not hang from the sky.
        const double bar_radius = 0.04;
        const BodyIndex bar = shop.add_prop(b.name + ".bar", "rod", "steel", {}, 1.1 * length);
        world::Body& beam = shop.body(bar);
        beam.motion = world::Motion::Static;
        const Vec3 s = beam.shape->bounds.size();
        beam.pose.rotation = s.x > s.y ? Quat::from_axis_angle({0, 0, 1}, base::kPi / 2) : Quat{};
        if (s.z > s.x && s.z > s.y)
            beam.pose.rotation = Quat::from_axis_angle({1, 0, 0}, base::kPi / 2);
        beam.pose.translation = pivot - beam.pose.rotation.rotate(beam.shape->bounds.centre());
        (void)bar_radius;
        shop.watch_point(pivot, 0.1, 0.5);
        bobs.push_back(body);
    }
    return bobs;
}

std::vector<BodyIndex> seesaw(Workshop& shop, Player& player) {
    const BodyIndex whole = player.bodies.front();
    const Vec3 foot = shop.take_place(shop.surface(), shop.radius_of(whole));
    const double length = 2 * shop.radius_of(whole);
    world::Body& b = shop.body(whole);
    b.shape = world::build_shape({"plank", length, b.material, 1});
    const double height = 0.16 * length;
    const BodyIndex pivot =
        shop.add_prop(b.name + ".foot", "wedge", "steel", {foot, {}}, 0.25 * length);
    shop.body(pivot).motion = world::Motion::Static;
    world::Body& plank = shop.body(whole);
    plank.pose.translation = foot + Vec3{0, 0, std::max(height, shop.height_of(pivot))};
    plank.pose.rotation = Quat::from_axis_angle({0, 1, 0}, 0.12);
    plank.asleep = false;
    world::Joint hinge;
    hinge.kind = world::JointKind::Hinge;
    hinge.a = whole;
    hinge.point = plank.pose.translation;
    hinge.axis = {0, 1, 0};
    shop.scene().joints.push_back(hinge);
    return {whole};
}

// The parts of a shape that are called so, or all the others.
world::ShapePtr parts_of(const world::Shape& whole, std::string_view name, bool called_so) {
    auto shape = std::make_shared<world::Shape>(whole);
    std::erase_if(shape->parts, [&](const auto& p) { return (p.name == name) != called_so; });
    std::erase_if(shape->collision, [&](const auto& p) { return (p.name == name) != called_so; });
    shape->bounds = {};
    for (const world::MeshPart& part : shape->parts) {
        for (const base::Vec3f& p : part.mesh.positions) shape->bounds.add(p.cast<double>());
    }
    shape->default_mass_kg.reset();
    return shape;
}

// A playground's swing: the frame stands, the seat hangs on four ropes and is let go.
std::vector<BodyIndex> playground_swing(Workshop& shop, Player& player) {
    std::vector<BodyIndex> seats;
    for (const BodyIndex body : player.bodies) {
        const world::Body whole = shop.body(body);
        const Vec3 foot = shop.take_place(shop.surface(), shop.radius_of(body));
        // From the side, so that the way of the seat lies across the picture.
        shop.stand(body, foot, 0);
        const base::Transform stood = shop.body(body).pose;
        world::Body frame = whole;
        frame.name = whole.name + ".frame";
        frame.shape = parts_of(*whole.shape, "seat", false);
        auto bare = std::make_shared<world::Shape>(*frame.shape);
        std::erase_if(bare->parts, [](const auto& p) { return p.name == "rope"; });
        frame.shape = bare;
        frame.pose = stood;
        frame.motion = world::Motion::Static;
        frame.mass_kg = 0;
        shop.watch(shop.add_body(frame), 0.9);
        world::Body& seat = shop.body(body);
        seat.shape = parts_of(*whole.shape, "seat", true);
        seat.mass_kg = 2;
        const base::Bounds board = seat.shape->bounds;
        const double beam = whole.shape->bounds.high.z - 0.03 * whole.shape->bounds.size().z;
        const Vec3 pivot = stood.apply({0, 0, beam});
        const double angle = 0.45;
        const Quat turn = Quat::from_axis_angle({0, 1, 0}, angle);
        seat.pose.rotation = turn * stood.rotation;
        seat.pose.translation = pivot + turn.rotate(stood.translation - pivot);
        seat.asleep = false;
        seat.release_s = shop.start_s() + 0.4;
        for (const double x : {0.7 * board.low.x, 0.7 * board.high.x}) {
            for (const double y : {0.9 * board.low.y, 0.9 * board.high.y}) {
                shop.scene().joints.push_back(
                    string_between(body, shop.body(body).pose.apply({x, y, board.high.z}),
                                   stood.apply({0, y, beam}), 0.008, "rope"));
            }
        }
        seats.push_back(body);
    }
    return seats;
}

struct Maker {
    std::string_view kind;
    std::vector<BodyIndex> (*make)(Workshop&, Player&);
};
constexpr std::array kMakers = {Maker{"newtons_cradle", newtons_cradle},
                                Maker{"pendulum", pendulum}, Maker{"seesaw", seesaw},
                                Maker{"swing", playground_swing}};

}  // namespace

bool is_assembly(std::string_view kind) {
    return std::any_of(kMakers.begin(), kMakers.end(),
                       [&](const Maker& m) { return m.kind == kind; });
}

std::vector<BodyIndex> assemble(Workshop& shop, Player& player) {
    for (const Maker& maker : kMakers) {
        if (maker.kind != player.member->kind) continue;
        player.placed = true;
        return maker.make(shop, player);
    }
    return {};
}

}  // namespace studio
