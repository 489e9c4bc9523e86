#include "studio/director/staging/workshop.h"

#include <algorithm>
#include <cmath>

#include "world/materials/material.h"

namespace studio {
namespace {

using base::Quat;
using base::Vec3;
using world::BodyIndex;

// Words of prompts -> anchors of sets, best first.
struct AnchorAlias {
    std::string_view word;
    std::vector<std::string_view> anchors;
};

const std::vector<AnchorAlias>& anchor_aliases() {
    static const std::vector<AnchorAlias> aliases = {
        {"floor", {"stage"}},
        {"ground", {"stage"}},
        {"table", {"table_top", "counter_top"}},
        {"desk", {"table_top"}},
        {"counter", {"counter_top", "table_top"}},
        {"shelf", {"shelf_edge", "counter_top", "table_top"}},
        {"stairs", {"top_of_stairs"}},
        {"step", {"top_of_stairs"}},
        {"pool", {"water"}},
        {"water", {"water"}},
        {"lake", {"water"}},
        {"sea", {"water"}},
        {"lane", {"lane_start"}},
        {"ice", {"rink_centre"}},
        {"rink", {"rink_centre"}},
        {"hill", {"hill_top"}},
        {"slope", {"hill_top"}},
        {"road", {"road_start"}},
        {"sofa", {"sofa"}},
        {"bed", {"bed"}},
        {"door", {"door"}},
        {"goal", {"goal"}},
        {"basket", {"hoop"}},
        {"net", {"hoop"}},
    };
    return aliases;
}

double yaw_of(const Quat& q) {
    const Vec3 x = q.rotate({1, 0, 0});
    return std::atan2(x.y, x.x);
}

Surface surface_from(const world::Anchor& anchor) {
    return {anchor.pose.translation, anchor.radius_m, yaw_of(anchor.pose.rotation), anchor.name};
}

}  // namespace

base::Bounds box_of(const world::Body& body) {
    base::Bounds box;
    const base::Bounds& own = body.shape->bounds;
    for (int corner = 0; corner < 8; ++corner) {
        box.add(body.pose.apply({corner & 1 ? own.high.x : own.low.x,
                                 corner & 2 ? own.high.y : own.low.y,
                                 corner & 4 ? own.high.z : own.low.z}));
    }
    return box;
}

Workshop::Workshop(const script::ShotList& list, int shot_index, ShotStage& stage,
                   const std::vector<double>& solution)
    : list_(list),
      shot_index_(shot_index),
      stage_(stage),
      solution_(solution),
      rng_(base::hash_combine(list.seed, static_cast<uint64_t>(shot_index) + 101)) {
    const world::Anchor* anchor = stage.set.anchor("stage");
    surface_ = anchor != nullptr ? surface_from(*anchor) : Surface{{}, 2.0, 0, "floor"};
    surface_.part = "stage";
    stage_.surface_z = surface_.centre.z;
}

Player* Workshop::player(std::string_view id) {
    for (size_t i = 0; i < list_.cast.size(); ++i) {
        if (list_.cast[i].id == id) {
            Player& found = stage_.players[i];
            return found.bodies.empty() && found.figures.empty() ? nullptr : &found;
        }
    }
    return nullptr;
}

const script::CastMember* Workshop::member(std::string_view id) const {
    for (const script::CastMember& m : list_.cast) {
        if (m.id == id) return &m;
    }
    return nullptr;
}

BodyIndex Workshop::first_body(std::string_view id) {
    const Player* p = player(id);
    return p == nullptr || p->bodies.empty() ? world::kNoBody : p->bodies.front();
}

double Workshop::height_of(BodyIndex index) const {
    return stage_.scene.bodies[index].shape->bounds.size().z;
}

double Workshop::radius_of(BodyIndex index) const {
    const Vec3 size = stage_.scene.bodies[index].shape->bounds.size();
    return 0.5 * std::max(size.x, size.y);
}

bool Workshop::is_round(BodyIndex index) const {
    const world::Shape& shape = *stage_.scene.bodies[index].shape;
    return shape.collision.size() == 1 &&
           shape.collision.front().kind == world::CollisionKind::Sphere;
}

std::optional<base::Transform> Workshop::anchor_of(BodyIndex index, std::string_view name) const {
    const world::Body& b = stage_.scene.bodies[index];
    for (const auto& [anchor, pose] : b.shape->anchors) {
        if (anchor == name) return b.pose * pose;
    }
    return {};
}

BodyIndex Workshop::set_body(std::string_view part) const {
    for (size_t i = 0; i < stage_.scene.bodies.size(); ++i) {
        if (stage_.scene.bodies[i].set_part == part) return static_cast<BodyIndex>(i);
    }
    return world::kNoBody;
}

std::optional<Surface> Workshop::surface_named(std::string_view name) const {
    if (name.empty()) return {};
    for (const AnchorAlias& alias : anchor_aliases()) {
        if (alias.word != name) continue;
        for (const std::string_view anchor : alias.anchors) {
            if (const world::Anchor* a = stage_.set.anchor(anchor)) return surface_from(*a);
        }
    }
    if (const world::Anchor* a = stage_.set.anchor(name)) return surface_from(*a);
    // The top of a cast member.
    for (size_t i = 0; i < list_.cast.size(); ++i) {
        if (list_.cast[i].id != name || stage_.players[i].bodies.empty()) continue;
        const world::Body& b = stage_.scene.bodies[stage_.players[i].bodies.front()];
        const base::Bounds& bounds = b.shape->bounds;
        Surface s;
        s.centre = b.pose.apply({bounds.centre().x, bounds.centre().y, bounds.high.z});
        s.radius_m = 0.5 * std::min(bounds.size().x, bounds.size().y);
        s.yaw = yaw_of(b.pose.rotation);
        s.part = list_.cast[i].id;
        return s;
    }
    return {};
}

void Workshop::occupy(Vec3 centre, double radius_m) { taken_.push_back({centre, radius_m}); }

// Walks a sunflower spiral outward (golden angle), flattened toward the camera's line so that
// things stand side by side in the picture rather than behind one another.
Vec3 Workshop::take_place(const Surface& surface, double radius_m) {
    constexpr double kGoldenAngle = 2.399963229728653;
    constexpr double kDepth = 0.45;
    for (int i = 0; i < 4000; ++i) {
        const double r = 0.35 * radius_m * std::sqrt(static_cast<double>(i));
        const Vec3 offset{r * std::cos(i * kGoldenAngle), kDepth * r * std::sin(i * kGoldenAngle),
                          0};
        const Vec3 candidate = surface.centre + offset;
        const bool free = std::none_of(taken_.begin(), taken_.end(), [&](const Circle& c) {
            return std::abs(c.centre.z - candidate.z) < 0.5 &&
                   std::hypot(c.centre.x - candidate.x, c.centre.y - candidate.y) <
                       c.radius_m + radius_m;
        });
        if (!free) continue;
        occupy(candidate, radius_m);
        return candidate;
    }
    return surface.centre;
}

BodyIndex Workshop::add_body(world::Body body) {
    stage_.scene.bodies.push_back(std::move(body));
    return static_cast<BodyIndex>(stage_.scene.bodies.size()) - 1;
}

BodyIndex Workshop::add_prop(const std::string& name, const std::string& kind,
                             const std::string& material, const base::Transform& pose,
                             std::optional<double> size_m) {
    world::Body body;
    body.name = name;
    body.kind = kind;
    body.shape = world::build_shape({kind, size_m, material, list_.seed});
    CHECK(body.shape != nullptr, "no shape for the prop " + kind);
    body.material = material.empty() ? body.shape->default_material : material;
    if (material.empty() && body.shape->default_mass_kg)
        body.mass_kg = *body.shape->default_mass_kg;
    if (body.material == body.shape->default_material) body.colour = body.shape->default_colour;
    body.pose = pose;
    return add_body(std::move(body));
}

void Workshop::stand(BodyIndex index, Vec3 foot, double yaw) {
    world::Body& b = body(index);
    b.pose.rotation = Quat::from_axis_angle({0, 0, 1}, yaw);
    b.pose.translation = foot - Vec3{0, 0, b.shape->bounds.low.z};
    b.asleep = b.motion == world::Motion::Dynamic;
    b.release_s.reset();
}

void Workshop::hang(BodyIndex index, Vec3 foot, double clearance_m, double release_s, double yaw) {
    stand(index, foot + Vec3{0, 0, clearance_m}, yaw);
    world::Body& b = body(index);
    b.asleep = false;
    b.release_s = release_s;
}

void Workshop::send(BodyIndex index, Vec3 velocity_mps, Vec3 spin_radps) {
    world::Body& b = body(index);
    b.asleep = false;
    b.velocity_mps = velocity_mps;
    b.angular_velocity_radps = spin_radps;
}

void Workshop::roll(BodyIndex index, Vec3 velocity_mps) {
    const double r = std::max(1e-4, 0.5 * height_of(index));
    send(index, velocity_mps, base::cross(Vec3{0, 0, 1}, velocity_mps) / r);
}

// The simulator keeps the offset that body and joint have at t = 0: the middle of the thing lies
// where the joint is.
void Workshop::hold(BodyIndex index, int figure_index, const std::string& joint) {
    const base::Transform hand = world::joint_at(figure(figure_index), joint, 0);
    world::Body& b = body(index);
    b.pose.rotation = figure(figure_index).place.rotation;
    b.pose.translation = hand.translation - b.pose.rotation.rotate(b.shape->bounds.centre());
    b.holder = figure(figure_index).name;
    b.held_by_figure = figure_index;
    b.held_by_joint = joint;
    b.asleep = false;
}

void Workshop::make_breakable(BodyIndex index) { body(index).breakable = true; }

void Workshop::watch(BodyIndex index, double weight) {
    Interest interest;
    interest.kind = Interest::Kind::Body;
    interest.index = index;
    interest.radius_m = 0.5 * base::length(body(index).shape->bounds.size());
    interest.weight = weight;
    for (Interest& known : stage_.interest) {
        if (known.kind == interest.kind && known.index == index) {
            known.weight = std::max(known.weight, weight);
            return;
        }
    }
    stage_.interest.push_back(interest);
}

void Workshop::watch_figure(int index, double weight) {
    Interest interest;
    interest.kind = Interest::Kind::Figure;
    interest.index = index;
    interest.radius_m = figure(index).height_m / 2;
    interest.weight = weight;
    for (Interest& known : stage_.interest) {
        if (known.kind == interest.kind && known.index == index) {
            known.weight = std::max(known.weight, weight);
            return;
        }
    }
    stage_.interest.push_back(interest);
}

void Workshop::watch_point(Vec3 point, double radius_m, double weight) {
    Interest interest;
    interest.kind = Interest::Kind::Point;
    interest.point = point;
    interest.radius_m = radius_m;
    interest.weight = weight;
    stage_.interest.push_back(interest);
}

// Figures belong to this stage alone until staging ends.
world::FigureModel& Workshop::figure(int index) {
    return const_cast<world::FigureModel&>(*stage_.scene.figures[index]);
}

void Workshop::add_task(int index, world::FigureTask task) {
    figure(index).tasks.push_back(std::move(task));
}

double Workshop::unknown(const std::string& name, double nominal, double spread) {
    const size_t position = stage_.unknowns.size();
    stage_.unknowns.push_back({name, nominal, spread});
    return position < solution_.size() ? solution_[position] : nominal;
}

void Workshop::replaced(std::string asked, std::string used, std::string why) {
    stage_.report.replaced.push_back({std::move(asked), std::move(used), std::move(why)});
}

void Workshop::left_out(std::string what) { stage_.report.left_out.push_back(std::move(what)); }

Vec3 ballistic_velocity(Vec3 from, Vec3 to, double flight_s, double gravity_mps2) {
    Vec3 v = (to - from) / flight_s;
    v.z += 0.5 * gravity_mps2 * flight_s;
    return v;
}

// R. A. Serway, projectile motion: v^2 = g d^2 / (2 cos^2(a) (d tan(a) - h)).
double ballistic_speed(Vec3 from, Vec3 to, double angle_rad, double gravity_mps2) {
    const Vec3 delta = to - from;
    const double d = std::hypot(delta.x, delta.y);
    const double c = std::cos(angle_rad);
    const double below = 2 * c * c * (d * std::tan(angle_rad) - delta.z);
    return below <= 0 ? -1 : std::sqrt(gravity_mps2 * d * d / below);
}

}  // namespace studio
