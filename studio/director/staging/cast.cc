#include "studio/director/staging/cast.h"

#include <algorithm>
#include <array>

#include "base/math/colour.h"
#include "script/words/material.h"
#include "script/words/noun.h"
#include "studio/director/actions/action.h"
#include "studio/director/staging/assemblies.h"
#include "studio/director/staging/built.h"
#include "studio/director/staging/masonry.h"
#include "studio/director/staging/wardrobe.h"
#include "world/materials/material.h"

namespace studio {
namespace {

constexpr int kMaxBodies = 1500;

bool is_cloth_kind(std::string_view kind) {
    static constexpr std::array<std::string_view, 10> kCloths = {
        "flag",       "banner",       "curtain", "sheet", "towel",
        "tablecloth", "handkerchief", "blanket", "scarf", "parachute"};
    return std::find(kCloths.begin(), kCloths.end(), kind) != kCloths.end();
}

// A ball of hard matter is solid; the plain one is a hollow toy.
bool is_solid_ball(const script::CastMember& member) {
    static constexpr std::array<std::string_view, 13> kDense = {
        "steel",  "iron",         "brass", "gold", "glass",    "stone", "copper",
        "silver", "marble_stone", "wood",  "ice",  "concrete", "clay"};
    return member.kind == "ball" &&
           std::find(kDense.begin(), kDense.end(), member.material) != kDense.end();
}

// Hand-sized when solid: nobody means 33 kg of steel.
std::optional<double> usual_size(const script::CastMember& member) {
    if (member.size_m) return member.size_m;
    if (is_solid_ball(member)) return 0.12;
    return {};
}

// The colours of a pool rack: yellow, blue, red, purple, orange, green, maroon, black, and again.
std::optional<base::Vec3f> rack_colour(const script::CastMember& member, int index) {
    if (member.kind != "billiard_ball" || member.count < 4 || !member.colour.empty()) return {};
    static constexpr std::array<unsigned, 8> kColours = {0xe8b81c, 0x1c3f94, 0xc2231f, 0x4a2777,
                                                         0xe0701c, 0x1c6b3a, 0x7a1f24, 0x151515};
    return base::colour_from_hex(kColours[static_cast<size_t>(index) % kColours.size()]);
}

// "glass_of_water" -> "water"; empty: it is said to hold nothing.
std::string what_it_holds(const std::string& id) {
    static constexpr std::array<std::string_view, 10> kLiquids = {
        "water", "milk", "wine", "beer", "juice", "coffee", "tea", "oil", "lemonade", "paint"};
    const size_t of = id.find("_of_");
    if (of == std::string::npos) return {};
    for (const std::string_view liquid : kLiquids) {
        if (id.compare(of + 4, liquid.size(), liquid) == 0) return std::string(liquid);
    }
    return {};
}

base::Status bring_bodies(Workshop& shop, const script::CastMember& member, Player& player) {
    if (const auto masonry = masonry_of(shop, member))
        return bring_stones(shop, member, *masonry, player);
    const world::ShapePtr shape = built_shape(
        {is_solid_ball(member) ? "sphere" : member.kind, usual_size(member), member.material,
         base::hash_combine(shop.list().seed, base::hash_text(member.id))});
    if (shape == nullptr) {
        return base::usage_error("nothing is known about how a \"" + member.kind + "\" looks",
                                 "cast \"" + member.id + "\"");
    }
    if (const std::string liquid = what_it_holds(member.id); !liquid.empty() && shape->hollow)
        shop.left_out("the " + liquid + " in the " + member.kind + ": vessels hold none yet");
    for (int i = 0; i < member.count; ++i) {
        world::Body body;
        body.name = numbered(member.id, i);
        body.kind = member.kind;
        body.shape = shape;
        body.material = member.material.empty() ? shape->default_material : member.material;
        body.colour = colour_named(member.colour);
        if (!body.colour) body.colour = rack_colour(member, i);
        if (!body.colour && body.material == shape->default_material)
            body.colour = shape->default_colour;
        // Clear glass of no colour is lost before a pattern: an animal of it gets bottle glass's
        // tint.
        if (!body.colour && body.material == "glass" && is_animal(member))
            body.colour = base::Vec3f{0.62f, 0.88f, 0.84f};
        // A thin glass is little more than its edges: as much tint as its walls would show.
        if (!body.colour && body.material == "glass" &&
            (member.kind == "glass" || member.kind == "wine_glass"))
            body.colour = base::Vec3f{0.74f, 0.90f, 0.87f};
        if (member.kind == "trampoline")
            body.restitution = 0.85;  // its mat, whatever its frame is of
        if (member.mass_kg) {
            body.mass_kg = *member.mass_kg;
        } else if (member.material.empty() && shape->default_mass_kg) {
            body.mass_kg = *shape->default_mass_kg;
        }
        player.bodies.push_back(shop.add_body(std::move(body)));
    }
    return {};
}

void bring_figures(Workshop& shop, const script::CastMember& member, Player& player) {
    for (int i = 0; i < member.count; ++i) {
        auto figure = std::make_shared<world::FigureModel>();
        figure->name = numbered(member.id, i);
        figure->look.role = member.kind == "astronaut" ? "astronaut" : member.look.role;
        figure->look.seed = base::hash_combine(shop.list().seed, base::hash_text(figure->name));
        figure->look.sex = !member.look.sex.empty()     ? member.look.sex
                           : figure->look.seed % 2 == 0 ? "female"
                                                        : "male";
        figure->look.age = member.kind == "child"    ? "child"
                           : member.look.age.empty() ? "young"
                                                     : member.look.age;
        figure->look.material = member.material == "skin" ? "" : member.material;
        if (const std::string unknown = dress(figure->look, member.look.wearing);
            !unknown.empty() && i == 0)
            shop.replaced(unknown, "everyday clothes", "the nearest that is cut");
        figure->look.hair_style = member.look.hair;
        if (const auto colour = colour_named(member.colour)) figure->look.top = *colour;
        figure->height_m = member.size_m                 ? *member.size_m
                           : figure->look.age == "child" ? 1.22
                           : figure->look.sex == "male"  ? 1.80
                                                         : 1.68;
        // Mass by body mass index 22; children lighter.
        figure->mass_kg = member.mass_kg ? *member.mass_kg
                                         : (figure->look.age == "child" ? 16.5 : 22.0) *
                                               figure->height_m * figure->height_m;
        shop.scene().figures.push_back(figure);
        player.figures.push_back(static_cast<int>(shop.scene().figures.size()) - 1);
    }
}

void bring_cloths(Workshop& shop, const script::CastMember& member, Player& player) {
    const double longest = member.size_m.value_or(member.kind == "handkerchief" ? 0.4 : 1.5);
    for (int i = 0; i < member.count; ++i) {
        world::Cloth cloth;
        cloth.name = numbered(member.id, i);
        cloth.kind = member.kind;
        cloth.material = member.material.empty() ? "fabric" : member.material;
        cloth.colour = colour_named(member.colour);
        const bool long_strip = member.kind == "scarf" || member.kind == "banner";
        cloth.width_m = longest;
        cloth.height_m = long_strip              ? 0.25 * longest
                         : member.kind == "flag" ? 0.66 * longest
                                                 : longest;
        cloth.columns = 32;
        cloth.rows = std::max(8, static_cast<int>(32 * cloth.height_m / cloth.width_m));
        shop.scene().cloths.push_back(cloth);
        player.cloths.push_back(static_cast<int>(shop.scene().cloths.size()) - 1);
    }
}

bool present(const script::Shot& shot, const std::string& id) {
    return shot.cast.empty() ||
           std::find(shot.cast.begin(), shot.cast.end(), id) != shot.cast.end();
}

}  // namespace

bool is_living_person(const script::CastMember& member) {
    return member.kind == "person" || member.kind == "child" || member.kind == "astronaut";
}

bool is_animal(const script::CastMember& member) {
    const script::Noun* noun = script::noun_of_kind(member.kind);
    return noun != nullptr && noun->category == "animal";
}

std::optional<base::Vec3f> colour_named(const std::string& word) {
    if (word.empty()) return {};
    const auto rgb = script::colour_rgb(word);
    if (!rgb) return {};
    return base::colour_from_hex(
        static_cast<unsigned>(rgb->red << 16 | rgb->green << 8 | rgb->blue));
}

base::Status bring_cast(Workshop& shop) {
    int total = static_cast<int>(shop.scene().bodies.size());
    for (Player& player : shop.stage().players) {
        const script::CastMember& member = *player.member;
        if (player.carried || !present(shop.shot(), member.id)) continue;
        total += member.count;
        if (total > kMaxBodies) {
            return base::usage_error(
                "more than " + std::to_string(kMaxBodies) + " bodies on stage; ask for fewer",
                "cast \"" + member.id + "\"");
        }
        if (is_living_person(member)) {
            bring_figures(shop, member, player);
        } else if (is_cloth_kind(member.kind)) {
            bring_cloths(shop, member, player);
        } else {
            TRY(bring_bodies(shop, member, player));
        }
    }
    return {};
}

// People do not stand on tables: behind the one whose top is in play, for them to be seen over it.
Surface floor_for_people(Workshop& shop, const Surface& surface) {
    constexpr double kTable_m = 0.4, kStep_m = 0.05;
    if (surface.part != "stage" || surface.centre.z < kTable_m || surface.centre.z > 1.3)
        return surface;
    Surface floor = surface;
    double back = 0.3;
    for (const world::Body& body : shop.scene().bodies) {
        if (!body.shape || body.set_part.empty() || body.shape->bounds.empty()) continue;
        const base::Bounds box = box_of(body);
        const bool under = box.low.x < surface.centre.x && box.high.x > surface.centre.x &&
                           box.low.y < surface.centre.y && box.high.y > surface.centre.y;
        if (under && box.high.z > kTable_m && box.high.z < surface.centre.z + 0.25 &&
            box.size().y < 4)
            back = std::max(back, box.high.y - surface.centre.y);
    }
    floor.centre = {surface.centre.x - 0.5, surface.centre.y + back + 0.35 + kStep_m, 0};
    return floor;
}

void place_still(Workshop& shop, Player& player) {
    player.placed = true;
    Surface surface = shop.surface();
    if (const auto named = shop.surface_named(player.member->on)) surface = *named;
    for (const int index : player.figures) {
        world::FigureModel& figure = shop.figure(index);
        const base::Vec3 place = shop.take_place(floor_for_people(shop, surface), 0.45);
        // Toward the camera, a little turned: faces are what people look at.
        figure.place = {place, base::Quat::from_axis_angle({0, 0, 1}, -base::kPi / 2 + 0.35)};
        if (figure.tasks.empty()) figure.tasks.push_back({"stand", 0, 1e6, {}, {}, {}, 0});
    }
    for (const int index : player.cloths) {
        world::Cloth& cloth = shop.scene().cloths[index];
        const base::Vec3 place = shop.take_place(surface, cloth.width_m / 2);
        cloth.pose.translation = place + base::Vec3{-cloth.width_m / 2, -cloth.height_m / 2, 0.02};
    }
    if (!player.bodies.empty()) arrange(shop, player, surface);
}

}  // namespace studio
