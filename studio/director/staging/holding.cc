#include "studio/director/staging/holding.h"

#include <algorithm>
#include <limits>
#include <string_view>

#include "studio/director/staging/cast.h"

namespace studio {
namespace {

using base::Vec3;
using world::BodyIndex;
using world::Grip;

constexpr double kLargest_m = 1.7;

// What hangs from its handle.
bool hangs(std::string_view kind) {
    constexpr std::string_view kKinds[] = {"bag",      "handbag", "suitcase",     "briefcase",
                                           "bucket",   "basket",  "lantern",      "watering_can",
                                           "backpack", "toolbox", "shopping_bag", "kettle"};
    return std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds);
}

struct Held {
    Grip grip = Grip::Palm;
    Vec3 point;       // of the body's own frame: what the hand takes
    base::Quat turn;  // of the body in the holder's frame
};

// Long things stand up from the fist; the end to take them by is the lower one.
Held upright(const world::Shape& shape, Vec3 handle) {
    const Vec3 middle = shape.bounds.centre();
    const double quarter = handle.x > middle.x ? base::kPi / 2 : -base::kPi / 2;
    return {Grip::Fist, handle, base::Quat::from_axis_angle({0, 1, 0}, quarter)};
}

Held held(const world::Shape& shape, std::string_view kind) {
    const base::Bounds& box = shape.bounds;
    const Vec3 middle = box.centre(), size = box.size();
    const auto grip = std::find_if(shape.anchors.begin(), shape.anchors.end(),
                                   [](const auto& anchor) { return anchor.first == "grip"; });
    const bool has_grip = grip != shape.anchors.end();
    if (hangs(kind)) return {Grip::Hang, {middle.x, middle.y, box.high.z - 0.02}, {}};
    const bool slender = size.z > 0.3 && size.z > 1.6 * std::max(size.x, size.y);
    if (slender || kind == "umbrella" || kind == "balloon")
        return {Grip::Fist, {middle.x, middle.y, box.low.z + std::min(0.12 * size.z, 0.10)}, {}};
    if (size.x > 0.4 && size.x > 3 * std::max(size.y, size.z)) {
        return upright(shape, has_grip ? grip->second.translation
                                       : Vec3{box.low.x + 0.35 * size.x, middle.y, middle.z});
    }
    return {Grip::Palm, {middle.x, middle.y, box.low.z - 0.015}, {}};
}

}  // namespace

bool take_in_hand(Workshop& shop, Player& holder, Player& thing) {
    if (holder.figures.empty() || thing.bodies.empty() || &holder == &thing) return false;
    const world::Body& body = shop.body(thing.bodies.front());
    const Vec3 size = body.shape->bounds.size();
    if (std::max({size.x, size.y, size.z}) > kLargest_m) return false;
    if (is_animal(*thing.member)) return false;
    thing.placed = true;
    thing.held_by = &holder - shop.stage().players.data();
    return true;
}

void fill_hands(Workshop& shop) {
    for (Player& thing : shop.stage().players) {
        if (thing.held_by < 0) continue;
        const Player& holder = shop.stage().players[static_cast<size_t>(thing.held_by)];
        const size_t hands = std::min(thing.bodies.size(), holder.figures.size());
        for (size_t i = 0; i < hands; ++i) {
            const BodyIndex index = thing.bodies[i];
            world::Body& body = shop.body(index);
            if (body.held_by_figure >= 0) continue;  // an action has it: it is thrown, say
            world::FigureModel& figure = shop.figure(holder.figures[i]);
            if (figure.grip != Grip::None) {  // with something else in it
                shop.stand(index, shop.take_place(shop.surface(), 0.3));
                continue;
            }
            const Held way = held(*body.shape, thing.member->kind);
            figure.grip = way.grip;
            const bool left = world::holds_left(figure);
            shop.hold(index, holder.figures[i], left ? "hand_l" : "hand_r");
            body.release_s = std::numeric_limits<double>::infinity();
            const Vec3 hand = world::joint_at(figure, left ? "grip_l" : "grip_r", 0).translation;
            body.pose.rotation = body.pose.rotation * way.turn;
            body.pose.translation = hand - body.pose.rotation.rotate(way.point);
            shop.watch(index, 0.4);
        }
        // More of them than hands lie where things lie.
        for (size_t i = hands; i < thing.bodies.size(); ++i)
            shop.stand(thing.bodies[i], shop.take_place(shop.surface(), 0.3));
    }
}

}  // namespace studio
