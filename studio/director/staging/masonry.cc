#include "studio/director/staging/masonry.h"

#include <algorithm>
#include <cmath>

#include "studio/director/staging/cast.h"

namespace studio {
namespace {

using base::Quat;
using base::Transform;
using base::Vec3;

constexpr int kWallStones = 98;  // enough to scatter well, few enough to simulate at leisure
constexpr int kChimneyCourses = 22;
constexpr int kCardStoreys = 3;

bool something_happens_to(const Workshop& shop, const std::string& id) {
    const auto& actions = shop.shot().actions;
    return std::any_of(actions.begin(), actions.end(), [&](const script::Action& a) {
        return a.object == id || a.target == id ||
               (a.subject == id && a.verb != "stand" && a.verb != "rest");
    });
}

// Four bricks a course, each beginning where the one before ends; every other course the other way
// round, so that no joint runs through.
void chimney(Workshop& shop, Player& player, const Surface& surface) {
    const Vec3 size = shop.body(player.bodies.front()).shape->bounds.size();
    const bool along_x = size.x >= size.y;
    const double length = 1.004 * (along_x ? size.x : size.y), width = along_x ? size.y : size.x;
    const Vec3 foot = shop.take_place(surface, 0.6 * (length + width));
    for (size_t i = 0; i < player.bodies.size(); ++i) {
        const size_t course = i / 4;
        const double hand = course % 2 == 0 ? 1 : -1;
        const Quat turn =
            Quat::from_axis_angle({0, 0, 1}, 0.5 * base::kPi * static_cast<double>(i % 4));
        const Vec3 place = turn.rotate({-0.5 * hand * width, -0.5 * length, 0});
        shop.stand(player.bodies[i],
                   foot + place + Vec3{0, 0, static_cast<double>(course) * size.z},
                   0.5 * base::kPi * static_cast<double>(i % 4) + (along_x ? 0 : base::kPi / 2));
    }
}

// Tents of two cards with a card on top between each pair; as world/shapes draws it in one piece.
void card_house(Workshop& shop, Player& player, const Surface& surface) {
    const base::Bounds card = shop.body(player.bodies.front()).shape->bounds;
    const double height = card.size().x, lean = 22 * base::kPi / 180, wide = 0.81 * height;
    const double rise = height * std::cos(lean), reach = 0.5 * height * std::sin(lean);
    const Vec3 foot = shop.take_place(surface, 0.6 * kCardStoreys * wide);
    size_t next = 0;
    const auto put = [&](Vec3 middle, const Quat& turn) {
        world::Body& b = shop.body(player.bodies[next++]);
        b.pose.rotation = turn;
        b.pose.translation = foot + middle - turn.rotate(card.centre());
        b.asleep = true;
    };
    for (int storey = 0; storey < kCardStoreys; ++storey) {
        const int tents = kCardStoreys - storey;
        const double z = storey * (rise + 3 * card.size().z);
        for (int i = 0; i < tents; ++i) {
            // Side by side across the picture, their openings to the camera.
            const double x = (i - 0.5 * (tents - 1)) * wide;
            for (const double side : {-1.0, 1.0}) {
                put({x + side * reach, 0, z + 0.5 * rise},
                    Quat::from_axis_angle({0, 1, 0}, -(base::kPi / 2 + side * lean)));
            }
            if (i + 1 < tents) put({x + 0.5 * wide, 0, z + rise + card.size().z}, Quat{});
        }
    }
}

}  // namespace

std::string numbered(const std::string& id, int index) {
    return index == 0 ? id : id + "_" + std::to_string(index + 1);
}

std::optional<Masonry> masonry_of(const Workshop& shop, const script::CastMember& member) {
    if (member.count != 1 || !something_happens_to(shop, member.id)) return {};
    if (member.kind == "wall") {
        const bool brick = member.material.empty() || member.material == "brick";
        // Seven stones a course.
        return Masonry{brick ? "brick" : "block", "brick", member.size_m.value_or(3.0) / 7,
                       kWallStones};
    }
    if (member.kind == "tower" && member.material == "brick") {
        return Masonry{"brick", "brick", member.size_m.value_or(3.2) / 7, 4 * kChimneyCourses};
    }
    if (member.kind == "house_of_cards") {
        const double all = member.size_m.value_or(0.35);
        return Masonry{"playing_card", "", 0.0889 * all / 0.35,
                       kCardStoreys * (kCardStoreys + 1) + kCardStoreys * (kCardStoreys - 1) / 2};
    }
    return {};
}

base::Status bring_stones(Workshop& shop, const script::CastMember& member, const Masonry& masonry,
                          Player& player) {
    const world::ShapePtr shape =
        world::build_shape({masonry.kind, masonry.size_m, member.material, shop.list().seed});
    if (shape == nullptr)
        return base::failed("no shape for the stones of a wall", "cast \"" + member.id + "\"");
    const std::string& matter = masonry.matter.empty() ? shape->default_material : masonry.matter;
    for (int i = 0; i < masonry.count; ++i) {
        world::Body body;
        body.name = numbered(member.id, i);
        body.kind = masonry.kind;
        body.shape = shape;
        body.material = member.material.empty() ? matter : member.material;
        body.colour = colour_named(member.colour);
        if (masonry.matter.empty() && member.material.empty() && shape->default_mass_kg)
            body.mass_kg = *shape->default_mass_kg;
        player.bodies.push_back(shop.add_body(std::move(body)));
    }
    return {};
}

bool is_masonry(const Player& player) {
    const std::string& kind = player.member->kind;
    return player.bodies.size() > 8 && player.member->count == 1 &&
           (kind == "wall" || kind == "tower" || kind == "house_of_cards");
}

bool build_up(Workshop& shop, Player& player, const Surface& surface) {
    if (!is_masonry(player) || player.member->kind == "wall") return false;
    if (player.member->kind == "tower") chimney(shop, player, surface);
    else card_house(shop, player, surface);
    return true;
}

}  // namespace studio
