// Drop, fall, fall off, bounce: gravity does the work.
#include <algorithm>
#include <array>

#include "studio/director/actions/action.h"
#include "studio/director/staging/cast.h"

namespace studio {
namespace {

using base::Vec3;
using world::BodyIndex;

constexpr double kReleaseAfter_s = 0.5;
constexpr double kBeat_s = 0.45;  // what is about to fall is first seen standing

double gravity(Workshop& shop) { return std::max(0.3, -shop.scene().gravity_mps2.z); }

Surface landing(Workshop& shop, const script::Action& action) {
    for (const std::string* name : {&action.target, &action.object}) {
        if (const auto named = shop.surface_named(*name)) return *named;
    }
    return shop.surface();
}

void fall_from(Workshop& shop, Player& player, const Surface& surface, double height_m,
               const script::Action& action) {
    player.placed = true;
    const double release = shop.start_s() + kReleaseAfter_s;
    double radius = 0;
    for (const BodyIndex body : player.bodies) radius = std::max(radius, shop.radius_of(body));
    for (const BodyIndex body : player.bodies) {
        const Vec3 foot = shop.take_place(surface, 1.25 * radius);
        const double yaw = shop.is_round(body) ? 0 : shop.rng().uniform(-0.6, 0.6);
        shop.hang(body, {foot.x, foot.y, surface.centre.z}, height_m, release, yaw);
        if (action.outcome.kind == "breaks" ||
            (breaks_easily(shop, body) && action.outcome.kind != "does_not_break"))
            shop.make_breakable(body);
        shop.watch(body);
    }
    for (const int index : player.cloths) {
        world::Cloth& cloth = shop.scene().cloths[index];
        cloth.pose.translation =
            surface.centre + Vec3{-cloth.width_m / 2, -cloth.height_m / 2, height_m};
        for (const int column : {0, cloth.columns - 1}) {
            for (const int line : {0, cloth.rows - 1}) cloth.pinned.emplace_back(column, line);
        }
        cloth.release_s = release;
        shop.watch_point(surface.centre + Vec3{0, 0, height_m / 2}, cloth.width_m * 0.7, 1);
    }
    shop.watch_point(surface.centre, std::max(0.05, 0.6 * radius), 0.6);
    shop.ends_at(release + std::sqrt(2 * height_m / gravity(shop)) + 1.2);
}

double default_height(Workshop& shop, const Player& player, const Surface& onto) {
    // A table top is looked at closely; there a hand's height is a fall.
    const bool small_place = std::max(onto.radius_m, shop.surface().radius_m) < 1.2;
    const double size = player.bodies.empty() ? 0.5 : shop.height_of(player.bodies.front());
    return std::max(small_place ? 0.35 : 1.5, 2.2 * size);
}

void want_bounces(Workshop& shop, const script::Action& action) {
    if (action.outcome.kind != "bounces" || action.outcome.count <= 0) return;
    const std::string name = shop.body(shop.first_body(action.subject)).name;
    const int wanted = action.outcome.count;
    shop.want({name + " bounces " + std::to_string(wanted) + " times",
               [name, wanted](const auto& events, const auto&, const auto&) {
                   int contacts = 0;
                   for (const world::Event& e : events) {
                       const bool mine =
                           e.kind == world::EventKind::Contact && (e.a == name || e.b == name);
                       contacts += mine && e.closing_speed_mps > 0.6;
                   }
                   return std::abs(contacts - wanted);
               }});
}

}  // namespace

bool breaks_easily(Workshop& shop, BodyIndex body) {
    const world::Body& b = shop.body(body);
    return (b.material == "glass" || b.material == "ceramic" || b.material == "clay") &&
           b.shape->hollow;
}

void want_below(Workshop& shop, BodyIndex body, std::string wanted) {
    const world::Body& b = shop.body(body);
    const double drop = b.pose.translation.z + b.shape->bounds.low.z;
    shop.want(
        {std::move(wanted), [body, drop](const auto&, const auto&, const world::Snapshot& end) {
             const auto& state = end.bodies[body];
             return !state.visible || state.pose.translation.z < 0.6 * drop
                        ? 0.0
                        : state.pose.translation.z;
         }});
}

void stage_drop(Workshop& shop, const script::Action& action) {
    if (action.path == "off" || action.path == "from") {
        if (shop.surface_named(action.target) && !action.height_m) {
            stage_fall_off(shop, action);
            return;
        }
    }
    // "A woman drops a cup": the person opens the hand.
    Player* holder = shop.player(action.subject);
    Player* thing = shop.player(action.object);
    if (holder != nullptr && !holder->figures.empty()) {
        if (thing == nullptr || thing->bodies.empty()) {
            stage_person(shop, action);  // falls over
            return;
        }
        stage_person(shop, action);
        return;
    }
    Player* player = holder != nullptr ? holder : thing;
    if (player == nullptr) return;
    if (Player* below = shop.player(action.target); below != nullptr && below != player) {
        if (!below->placed) place_still(shop, *below);
        for (const BodyIndex body : below->bodies) {
            shop.watch(body, 0.7);
            // Its feet would take the blow that the mat gives back.
            if (below->member->kind == "trampoline") shop.body(body).motion = world::Motion::Static;
        }
    }
    const Surface onto = landing(shop, action);
    fall_from(shop, *player, onto, action.height_m.value_or(default_height(shop, *player, onto)),
              action);
    if (!player->bodies.empty()) want_bounces(shop, action);
}

// A box around one part of what collides, in the world.
base::Bounds part_box(const world::Body& body, const world::CollisionPart& part) {
    base::Bounds box;
    const base::Transform pose = body.pose * part.pose;
    for (const base::Vec3f& p : part.points) box.add(pose.apply(p.cast<double>()));
    const Vec3 h = part.half_extents;
    const double depth = part.kind == world::CollisionKind::Box ? h.y : h.x;
    for (int corner = 0; part.points.empty() && corner < 8; ++corner) {
        box.add(pose.apply(
            {corner & 1 ? h.x : -h.x, corner & 2 ? depth : -depth, corner & 4 ? h.z : -h.z}));
    }
    return box;
}

bool holds(const base::Bounds& box, Vec3 p) {
    return p.x > box.low.x && p.x < box.high.x && p.y > box.low.y && p.y < box.high.y;
}

// Does something stand where a thing would come down that falls off there? A chair, say.
bool landing_taken(Workshop& shop, Vec3 edge, Vec3 out) {
    constexpr double kReach_m = 0.35, kStep_m = 0.05;
    for (const world::Body& body : shop.scene().bodies) {
        if (!body.shape || body.hidden) continue;
        for (const world::CollisionPart& part : body.shape->collision) {
            const base::Bounds box = part_box(body, part);
            if (box.high.z < 0.1 || box.low.z > edge.z - 0.1) continue;
            for (double d = kStep_m; d < kReach_m; d += kStep_m) {
                if (holds(box, edge + out * d)) return true;
            }
        }
    }
    return false;
}

// From the middle of a top to its nearest side that the camera sees (it looks along +y) and under
// which the floor is free.
void move_to_side(Workshop& shop, Surface& top) {
    base::Bounds best;
    const auto consider = [&](const base::Bounds& box) {
        const bool under = holds(box, top.centre) && std::abs(box.high.z - top.centre.z) < 0.06;
        if (under && (best.empty() || box.size().x < best.size().x)) best = box;
    };
    for (const world::Body& body : shop.scene().bodies) {
        if (!body.shape || body.shape->bounds.empty()) continue;
        consider(box_of(body));
    }
    // Tables that are one with their chairs and the lamp above.
    for (const world::Body& body : shop.scene().bodies) {
        if (!best.empty() || !body.shape) continue;
        for (const world::CollisionPart& part : body.shape->collision)
            consider(part_box(body, part));
    }
    if (best.empty() || best.size().x > 6) {
        top.centre += top.direction() * (0.98 * top.radius_m);
        return;
    }
    const double right = best.high.x - top.centre.x, left = top.centre.x - best.low.x,
                 front = top.centre.y - best.low.y;
    struct Side {
        double yaw, reach_m;
    };
    std::array<Side, 3> sides{Side{0, right}, Side{base::kPi, left}, Side{-base::kPi / 2, front}};
    std::stable_sort(sides.begin(), sides.end(),
                     [](const Side& a, const Side& b) { return a.reach_m < b.reach_m; });
    const Vec3 middle = top.centre;
    const auto out = [](const Side& side) {
        return Vec3{std::cos(side.yaw), std::sin(side.yaw), 0};
    };
    if (landing_taken(shop, middle + out(sides[0]) * sides[0].reach_m, out(sides[0]))) {
        // Rather before the camera than behind the whole of the table.
        std::stable_partition(sides.begin(), sides.end(),
                              [](const Side& side) { return side.yaw < -0.1; });
    }
    for (const Side& side : sides) {
        top.yaw = side.yaw;
        if (!landing_taken(shop, middle + out(side) * side.reach_m, out(side))) {
            top.radius_m = side.reach_m;
            top.centre = middle + top.direction() * (side.reach_m - 0.01);
            return;
        }
    }
    top.yaw = sides.front().yaw;
    top.radius_m = sides.front().reach_m;
    top.centre = middle + top.direction() * (top.radius_m - 0.01);
}

std::optional<Surface> edge_named(Workshop& shop, const std::string& name) {
    if (Player* support = shop.player(name); support != nullptr && !support->placed)
        place_still(shop, *support);
    std::optional<Surface> edge = shop.surface_named(name);
    // Anchors on shelves lie on the edge; those on tables and on tops of things in the middle.
    if (edge && edge->part.find("shelf") == std::string::npos && name != "shelf")
        move_to_side(shop, *edge);
    return edge;
}

// Slides over an edge: it stands near it for a moment, then something gives it a push. v is what
// friction eats until the edge (v^2 = 2 mu g d) and a little more.
void stage_fall_off(Workshop& shop, const script::Action& action) {
    Player* player = shop.player(action.subject);
    if (player == nullptr || player->bodies.empty()) {
        stage_drop(shop, {.verb = "drop", .subject = action.subject, .object = action.object});
        return;
    }
    const auto edge = edge_named(shop, action.target.empty() ? "shelf" : action.target);
    if (!edge) {
        script::Action plain = action;
        plain.path.clear();
        plain.target.clear();
        stage_drop(shop, plain);
        return;
    }
    player->placed = true;
    const double g = gravity(shop);
    int slot = 0;
    for (const BodyIndex body : player->bodies) {
        const double r = shop.radius_of(body);
        const Vec3 out = edge->direction();
        const Vec3 side{-out.y, out.x, 0};
        // Of its middle behind the edge; what rolls off a table is seen rolling first.
        const bool broad = !action.target.empty() && action.target != "shelf";
        const double reach = shop.is_round(body) && broad
                                 ? std::max(0.9 * r, std::min(0.3, 0.7 * edge->radius_m))
                                 : 0.9 * r;
        const double sign = slot % 2 == 0 ? 1 : -1;
        const Vec3 place = edge->centre - out * reach + side * (sign * ((slot + 1) / 2) * 2.6 * r);
        shop.stand(body, place, edge->yaw + shop.unknown("yaw", 0.4, 0.8));
        const double speed = std::sqrt(2 * 0.45 * g * reach) + shop.unknown("push", 0.35, 0.15);
        if (shop.is_round(body)) {
            shop.roll(body, out * 0.5);
        } else {
            world::Body& b = shop.body(body);
            b.push_s = shop.start_s() + kBeat_s * std::min(1.0, shop.shot().time_scale);
            b.push_velocity_mps = out * speed;
        }
        if (action.outcome.kind == "breaks" ||
            (breaks_easily(shop, body) && action.outcome.kind != "does_not_break"))
            shop.make_breakable(body);
        shop.watch(body);
        const Vec3 landing_spot = place + out * (reach + 0.35);
        shop.watch_point({landing_spot.x, landing_spot.y, 0.02}, 0.25, 0.7);
        want_below(shop, body, shop.body(body).name + " falls off");
        ++slot;
    }
    shop.ends_at(shop.start_s() + kBeat_s + 0.7 + std::sqrt(2 * std::max(0.1, edge->centre.z) / g) +
                 1.0);
}

void stage_bounce(Workshop& shop, const script::Action& action) {
    if (action.path == "down" || action.path == "off") {
        if (shop.surface_named(action.target)) {
            stage_roll(shop, action);
            return;
        }
    }
    script::Action drop = action;
    if (drop.times > 0 && drop.outcome.kind.empty()) drop.outcome = {"bounces", drop.times, ""};
    if (drop.height_m || drop.times == 0) {
        stage_drop(shop, drop);
        return;
    }
    // The height is free: look for one that gives the wanted number of bounces.
    drop.height_m = std::max(0.2, shop.unknown("height", 1.2, 0.8));
    stage_drop(shop, drop);
}

}  // namespace studio
